# Short articles: half of what the loudness of one word is measured over is silence, yet loudness and peak are met, by ffmpeg's ebur128 too.
. "$(dirname "$0")/../support/e2e.bash"
printf '# 停电\n\n# 失职\n\n# 今日有雨\n\n# 地铁三号线停运\n\n# 明天\n\n下雨。\n\n# 春风\n\n今天天气很好，我们去公园。\n' >short.md
printf '# 好\n\n# 不\n\n# 死\n\n# 不测\n' >least.md

# levels FILE: "I Peak", in LUFS and dBTP
levels() { ffmpeg -hide_banner -nostats -i "$1" -af ebur128=peak=true -f null - 2>&1 </dev/null | awk '{ v[$1] = $2 } END { print v["I:"], v["Peak:"] }'; }
# check DIR LUFS BELOW: every file in it is as loud, or as much below it as its peaks want, and is stated so
check() {
    local file stated loudness peak
    while read -r file stated; do
        read -r loudness peak <<<"$(levels "$1/$file")"
        awk -v l="$loudness" -v t="$2" -v b="$3" 'BEGIN { exit !(l <= t + 0.3 && l >= t - b) }' || wrong "$1/$file: $loudness LUFS, wanted $2"
        awk -v p="$peak" 'BEGIN { exit !(p <= -0.95) }' || wrong "$1/$file: true peak $peak dBTP"
        near "what edition.json states of $1/$file" "$stated" "$loudness" 0.15
    done < <(jq -r '.articles[] | "\(.file) \(.loudness_lufs)"' "$1/edition.json")
}

# A single syllable is too short for it at a fast pace, for its peaks leave no room: such articles are said more slowly (pace.tsv, alone).
declare -A short=([man]=0.3 [fast]=0.3) least=([man]=0.3 [fast]=0.3)
for format in wav bwf ogg opus mp3; do
    for voice in man fast; do
        run 0 "$dubao" export -q -o "$voice-$format" --voice "$voice" -f "$format" short.md
        check "$voice-$format" -16 "${short[$voice]}"
        # No encoder may put a peak above the ceiling.
        run 0 "$dubao" export -q -o "least-$voice-$format" --voice "$voice" -f "$format" least.md
        check "least-$voice-$format" -16 "${least[$voice]}"
    done
done
run 0 "$dubao" export -q -o quiet --loudness -23 short.md least.md
check quiet -23 0.3
finish
