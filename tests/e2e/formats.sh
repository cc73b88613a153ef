# Every format, read by programs that are not ours: ffprobe for the tags, ffmpeg's ebur128 for loudness and peak.
. "$(dirname "$0")/../support/e2e.bash"
printf '# 春风“吹”来了\n\n今天天气很好，我们去公园吧。湖边的柳树绿了，孩子们在草地上放风筝，老人坐在长椅上晒太阳。\n\n# 夏雨\n\n明天下雨，比赛改到星期天。\n' >日报.md

# field FILE NAME: of the container or, in Ogg, of the stream
field() { ffprobe -v error -show_entries "format=$2:format_tags=$2:stream=$2:stream_tags=$2" -of default=nw=1:nk=1 "$1" | sort -u | paste -sd' '; }
# measured FILE I|Peak: in LUFS or dBTP
measured() {
    ffmpeg -hide_banner -nostats -i "$1" -af ebur128=peak=true -f null - 2>&1 | awk -v name="$2:" '$1 == name { value = $2 } END { print value }'
}
# read_back FORMAT EXTENSION CODEC RATE LUFS
read_back() {
    local file=$1/ribao-01.$2
    run 0 "$dubao" export -q -o "$1" -f "$1" 日报.md
    tidy "$1"
    is "codec of $1" "$(field "$file" codec_name)" "$3"
    is "rate of $1" "$(field "$file" sample_rate)" "$4"
    is "rate of $1 in edition.json" "$(jq '.articles[0].rate_hz' "$1/edition.json")" "$4"
    is "title of $1" "$(field "$file" title)" "春风“吹”来了"
    is "album of $1" "$(field "$file" album)" "日报"
    is "track of $1" "$(field "$1/ribao-02.$2" track)" "2"
    near "loudness of $1" "$(measured "$file" I)" -16 0.3
    near "loudness of $1 in edition.json" "$(measured "$file" I)" "$(jq '.articles[0].loudness_lufs' "$1/edition.json")" 0.15
    awk -v p="$(measured "$file" Peak)" 'BEGIN { exit !(p <= -0.95) }' || wrong "true peak of $1: $(measured "$file" Peak)"
    # The same sound, as long as in the other formats, but for what an encoder's frames add at the end.
    near "length of $1" "$(field "$file" duration)" "$(jq '.articles[0] | .frames / .rate_hz' "$1/edition.json")" 0.1
}
# decoded FORMAT EXTENSION: what an encoder puts before the sound, a decoder takes away again, so that cues hold in what is heard
decoded() {
    local least most
    ffmpeg -v error -y -i "$1/ribao-01.$2" -ar 22050 -ac 1 -c:a pcm_s16le heard.wav </dev/null
    read -r least most <<<"$("$soundinfo" offset wav/ribao-01.wav heard.wav)"
    near "how early the sound of $1 begins" "$least" 0 0.5
    near "how late the sound of $1 begins" "$most" 0 0.5
    jq -r '.articles[0].sentences[] | "\(.start_s) \(.end_s)"' "$1/edition.json" >of_it
    jq -r '.articles[0].sentences[] | "\(.start_s) \(.end_s)"' wav/edition.json | diff - of_it >/dev/null || wrong "the cues of $1 are others"
}
read_back wav wav pcm_s16le 22050
read_back bwf wav pcm_s24le 48000
read_back rf64 wav pcm_s24le 48000
read_back flac flac flac 22050
read_back ogg ogg vorbis 22050
read_back opus opus opus 48000
read_back mp3 mp3 mp3 44100
for format in bwf:wav flac:flac ogg:ogg opus:opus mp3:mp3; do decoded "${format%:*}" "${format#*:}"; done
is "formats that this test reads" "$("$dubao" export -f none 日报.md 2>&1 | sed 's/.*: //; s/,//g')" "wav bwf rf64 flac ogg opus mp3"
is "bit rate of mp3" "$(ffprobe -v error -show_entries stream=bit_rate -of csv=p=0 mp3/ribao-01.mp3)" 96000
[[ $(head -c 4 mp3/ribao-01.mp3 | od -An -tx1) == ' 49 44 33 04' ]] || wrong "the mp3 begins without an ID3v2.4 tag"

# A broadcast file: its levels as libebur128 measures them afresh, and a marker a sentence, to the frame.
run 0 "$dubao" export -q -o radio --preset radio 日报.md
for file in radio/ribao-01.wav rf64/ribao-01.wav; do
    read -r version loudness range peak momentary short date title <<<"$("$soundinfo" broadcast "$file")"
    is "bext version" "$version" 2
    near "bext loudness of $file" "$loudness" "$(awk -v l="$("$soundinfo" loudness "$file")" 'BEGIN { print 100 * l }')" 5
    near "bext true peak of $file" "$peak" "$(awk -v p="$("$soundinfo" peak "$file")" 'BEGIN { print 100 * p }')" 5
    [[ $momentary -ge $short && $short -ge $((loudness - 100)) && $range -ge 0 && $range -lt 1500 ]] || wrong "bext of $file: $range $momentary $short"
    is "bext date, which nobody knows" "$date" -
    is "bext description" "$title" "春风“吹”来了"
    "$soundinfo" markers "$file" >markers || wrong "the chunks of $file do not fill it"
    jq -r '.articles[0] | .sentences[] | "\(.start_s * 48000 | round)\t\(.text)"' "$(dirname "$file")/edition.json" >wanted
    is "names of markers" "$(cut -f2 markers)" "$(cut -f2 wanted)"
    is "names that ffprobe reads in $file" "$(ffprobe -v error -show_chapters -of json "$file" | jq -r '.chapters[].tags.title')" "$(cut -f2 wanted)"
    paste <(cut -f1 markers) <(cut -f1 wanted) | awk '$1 - $2 > 48 || $2 - $1 > 48 { exit 1 }' || wrong "a marker is more than 1 ms off: $(paste markers wanted)"
done
finish
