# --single: one file for all articles with a chapter each; --opening and --signal: what is heard between articles and stands on no page.
. "$(dirname "$0")/../support/e2e.bash"
printf '江湾晨报 2024年10月8日 星期二 第3版\n\n' >page.md
three_articles rest.md
cat rest.md >>page.md
titles=$'春风\n夏雨\n冬雪'
chapters() { ffprobe -v error -show_chapters -of json "$1" | jq -r "$2"; }
gone() { [[ ! -e $1 ]] || wrong "$1 is there"; }

run 0 "$dubao" export --single -o one page.md
says complained "3 articles written to one"
is "files" "$(ls -A one | tr '\n' ' ')" "edition.json page.wav "
holds '.articles | length == 3 and all(.file == "page.wav") and (map(.frames) | unique | length == 1) and (map(.loudness_lufs) | unique | length == 1)' one/edition.json
is "frames" "$("$soundinfo" frames one/page.wav)" "$(jq '.articles[0].frames' one/edition.json)"
near "loudness of the whole" "$("$soundinfo" loudness one/page.wav)" -16 0.3
# Each article lies behind the one before, and its sentences inside it.
holds '[.articles[] | .start_s, .end_s] | . == sort and .[0] == 0' one/edition.json
holds '.articles | all(. as $a | .sentences | all(.start_s >= $a.start_s and .end_s <= $a.end_s))' one/edition.json
holds '.articles[-1] | (.end_s - .frames / .rate_hz) | . < 0.001 and . > -0.001' one/edition.json
is "markers of WAV" "$("$soundinfo" markers one/page.wav | cut -f2)" "$titles"
run 0 "$dubao" export --single -o one page.md
says complained "nothing has changed: 3 articles lie in one"

# Tags and chapters, to the millisecond.
run 0 "$dubao" export --single -o pod --preset podcast page.md
is "chapters of mp3" "$(chapters pod/page.mp3 '.chapters[].tags.title')" "$titles"
is "times of chapters" "$(chapters pod/page.mp3 '.chapters[] | [.start, .end] | @csv')" "$(jq -r '.articles[] | [.start_s, .end_s | . * 1000 | round] | @csv' pod/edition.json)"
is "tags of mp3" "$(ffprobe -v error -show_entries format_tags=title,album,artist,date -of default=nw=1:nk=1 pod/page.mp3 | sort | tr '\n' '|')" \
    "2024-10-08|江湾晨报|江湾晨报 2024-10-08|江湾晨报 2024-10-08|"
for format in flac ogg opus; do
    run 0 "$dubao" export --single -o "as-$format" -f "$format" page.md
    is "chapters of $format" "$(chapters "as-$format/page.$format" '.chapters[].tags.title')" "$titles"
    is "times of chapters in $format" "$(chapters "as-$format/page.$format" '.chapters[].start')" "$(jq '.articles[].start_s * 1000 | round' "as-$format/edition.json")"
    is "what ffmpeg complains of in $format" "$(ffmpeg -v warning -i "as-$format/page.$format" -f null - 2>&1)" ""
    is "date of $format" "$(ffprobe -v error -show_entries format_tags=date:stream_tags=date -of default=nw=1:nk=1 "as-$format/page.$format")" "2024-10-08"
done
# Comments over several pages of Ogg.
for ((n = 1; n <= 40; n++)); do printf '# 第%d条%s\n\n！\n\n' "$n" '，这一条的标题长得要写满一行'; done >many.md
run 0 "$dubao" export -q --articles 1-40 --single -o many -f ogg many.md
is "chapters of many" "$(chapters many/many.ogg '.chapters | length, .[39].tags.title' | tr '\n' ' ')" "40 第40条，这一条的标题长得要写满一行 "
is "what ffmpeg complains of in many.ogg" "$(ffmpeg -v warning -i many/many.ogg -t 5 -f null - 2>&1)" ""

# An editor's file has a marker for each article and each sentence, in the order of the sound; where an article begins with its name, that is one.
run 0 "$dubao" export --single --signal words -o editor -f bwf page.md
"$soundinfo" markers editor/page.wav >markers || wrong "the chunks of editor/page.wav do not fill it"
is "markers of an editor's file" "$(cut -f2 markers | tr '\n' ' ')" "春风 今天天气很好，我们去公园。 夏雨 下一条。 夏雨 明天下雨，比赛改到星期天。 冬雪 下一条。 冬雪 昨天北方下了大雪。 "
cut -f1 markers | sort -n -c || wrong "markers that are not in order"

# The file of a single article has a chapter for each subheading, if it has any.
printf '# 春风\n\n今天天气很好。\n\n## 桃花开了\n\n花很红。\n\n## 柳树绿了\n\n柳很绿。\n\n# 夏雨\n\n明天下雨。\n' >parts.md
for format in mp3:mp3 opus:opus flac:flac wav:wav; do
    run 0 "$dubao" export -o parts -f "${format%:*}" parts.md
    is "chapters of parts" "$(chapters "parts/parts-01.${format#*:}" '.chapters[] | .tags.title' | tr '\n' ' ')" "春风 桃花开了 柳树绿了 "
    is "times of the parts" "$(chapters "parts/parts-01.${format#*:}" '.chapters[] | .start_time | tonumber * 1000 | round')" \
        "$(jq '.articles[0] | .start_s, (.sentences[] | select(.role == "subheading") | .start_s) | . * 1000 | round' parts/edition.json)"
    is "chapters of an article without parts" "$(chapters "parts/parts-02.${format#*:}" '.chapters | length')" 0
done

# An article that changes changes the file; one more page makes another one, with a name of its own.
sed -i 's/星期天/星期六/' page.md
run 0 "$dubao" export --single -o one page.md
says complained "3 articles written"
printf '# 尾声\n\n今天就到这里。\n' >late.md
run 0 "$dubao" export --single -o one page.md late.md
is "files of two pages" "$(ls -A one | tr '\n' ' ')" "edition.json edition.wav "
is "pages of the articles" "$(jq -r '.articles[].page' one/edition.json | uniq | tr '\n' ' ')" "page.md late.md "
run 0 "$dubao" export --single -o one page.md late.md
says complained "nothing has changed"
truncate -s 30000 one/edition.wav
run 0 "$dubao" export --single -o one page.md late.md
says complained "4 articles written"
printf '江湾晨报 2024年10月8日\n\n# 甲\n\n今天有雨。\n' >a.md
printf '白河日报 2024年10月8日\n\n# 乙\n\n明天天晴。\n' >b.md
run 0 "$dubao" export --single -o papers -f flac a.md b.md
is "title and artist of two papers" "$(ffprobe -v error -show_entries format_tags=TITLE,ARTIST -of default=nw=1:nk=1 papers/edition.flac | tr '\n' '|')" \
    "江湾晨报、白河日报 2024-10-08|江湾晨报、白河日报|"
# To and fro between one file and one an article.
run 0 "$dubao" export -o one page.md late.md
gone one/edition.wav
tidy one
run 0 "$dubao" export --single -o one page.md late.md
is "files of two pages again" "$(ls -A one | tr '\n' ' ')" "edition.json edition.wav "
# Standard input, which cannot be looked at before; -j and the order of the workers are not heard.
run 0 bash -c '"$1" export --single -j 1 -o in - <page.md' - "$dubao"
run 0 bash -c '"$1" export --single -j 5 -o in5 - <page.md' - "$dubao"
diff -r in in5 >/dev/null || wrong "-j 5 gives another file than -j 1"

# An article that cannot be said leaves nothing in the file.
three_articles some.md
sed '/夏雨/,/星期天/d' some.md >without.md
run 1 env LD_PRELOAD="$build/lib/crash.so" CRASH_ON="$(awk -F'\t' '$1 == "sai4" { print $2 }' "$source/voices/mandarin/phonemes.tsv")" "$dubao" export --single -o broken some.md
says complained "article 02 is not written"
is "articles beside the broken one" "$(jq -r '.articles[].title' broken/edition.json | tr '\n' ' ')" "春风 冬雪 "
run 0 "$dubao" export --single -o without without.md
is "frames without it" "$(jq '.articles[0].frames' broken/edition.json)" "$(jq '.articles[0].frames' without/edition.json)"
# A full disk, and the end in the middle: no file, no half file.
whole=$(stat -c %s in/page.wav)
for bytes in 1000 $((whole - 500)) $((whole + 500)) $((2 * whole - 300)); do
    run 74 env LD_PRELOAD="$build/lib/full_disk.so" DISK_BYTES="$bytes" "$dubao" export --single -o full page.md
    one_sentence "full disk after $bytes bytes"
    is "files after a full disk" "$(ls -A full)" ""
done

# The opening says what is known of the paper and is heard before the first sentence; it is no sentence of the page.
start() { jq ".articles[$2].sentences[0].start_s - .articles[$2].start_s" "$1/edition.json"; }
run 0 "$dubao" export --opening -o opened page.md
awk -v s="$(start opened 0)" 'BEGIN { exit !(s > 4 && s < 12) }' || wrong "the opening takes $(start opened 0) s"
is "the second article's beginning" "$(start opened 1)" 0
holds '[.articles[].sentences[].text] | any(test("2024")) | not' opened/edition.json
# edition.json says what was announced and when, before the first sentence and apart from the page's own.
is "what was announced" "$(jq -r '.articles[].announced | map(.text) | join(" ")' opened/edition.json | tr '\n' '|')" "江湾晨报。 2024年10月8日。 这一版共3篇文章。|||"
holds '.articles[0] | [.announced[] | .start_s, .end_s] | . == sort and .[0] == 0' opened/edition.json
holds '.articles[0] | .announced[-1].end_s < .sentences[0].start_s' opened/edition.json
run 0 "$dubao" export --opening -o plain rest.md
awk -v a="$(start plain 0)" -v b="$(start opened 0)" 'BEGIN { exit !(a > 0.8 && a < b - 2) }' || wrong "an opening without paper and date takes $(start plain 0) s"
run 0 "$dubao" export --opening --paper 江湾晨报 --date 2024-10-08 -o told rest.md
is "an opening with options" "$(start told 0)" "$(start opened 0)"
run 0 "$dubao" export --opening --paper 江湾晨报 --date 2024-10-08 -o told rest.md
says complained "nothing has changed"
# A file of several pages opens once, with the articles of all of them.
run 0 "$dubao" export --single --opening --signal chime -o whole page.md rest.md
is "beginnings of a whole file" "$(jq -r '.articles[] | .sentences[0].start_s - .start_s | if . > 4 then "opening" elif . > 0.9 then "chime" else . end' whole/edition.json | tr '\n' ' ')" \
    "opening chime chime chime chime chime "
run 0 "$dubao" export --single --opening --signal chime -o whole page.md rest.md
says complained "nothing has changed: 6 articles lie in whole"
# Between articles: a chime of a second and its pause, or words. Only the articles that have one are made anew.
run 0 "$dubao" export -o signals page.md
for signal in chime words; do
    run 0 "$dubao" export --signal $signal -o signals page.md
    is "before the first article" "$(start signals 0)" 0
    awk -v s="$(start signals 1)" 'BEGIN { exit !(s > 0.9 && s < 2) }' || wrong "signal $signal takes $(start signals 1) s"
    near "loudness with $signal" "$("$soundinfo" loudness signals/page-02.wav)" -16 0.3
    says complained "2 articles written to signals, 1 unchanged"
done
run 0 env DUBAO_SIGNAL=chime "$dubao" export --single -o one page.md
awk -v s="$(start one 2)" 'BEGIN { exit !(s > 1.4 && s < 2.5) }' || wrong "the chime between articles of one file takes $(start one 2) s"
run 64 "$dubao" export --signal gong page.md
says complained "no signal 'gong'; there are: none, chime, words"
run 64 "$dubao" export --date yesterday page.md
one_sentence "no date"
finish
