# dubao export: one sound file an article with the frames, the loudness and the sentences that edition.json states.
. "$(dirname "$0")/../support/e2e.bash"

run 0 "$dubao" export -o out "$source/articles"
is "standard output" "$(<said)" ""
says complained "articles written to out"
tidy out
is "sound files and articles" "$(ls out/*.wav | wc -l)" "$(jq '.articles | length' out/edition.json)"
[[ $(ls out/*.wav | wc -l) -ge 10 ]] || wrong "articles/ holds at least ten articles"
[[ -z $(ls out | LC_ALL=C grep '[^A-Za-z0-9._-]') ]] || wrong "a name is not ASCII: $(ls out)"

# What of the pages is not read is said, unless nothing is to be said; and nothing is where all of it is read.
printf '# 春风\n\n今天天气很好。\n\n责任编辑：王一\n\n版式：李二\n' >furniture.md
run 0 "$dubao" export -o furniture furniture.md
says complained "2 lines of the pages were left out (dates, page numbers, editors, advertisements); dubao inspect shows them"
run 0 "$dubao" export -q -o furniture furniture.md
is "said with --quiet" "$(<complained)" ""
run 0 "$dubao" export -o furniture --furniture furniture.md
says_not complained "left out"

holds '(.generator | test("^dubao [0-9]+\\.[0-9]+")) and .voice == "man"' out/edition.json
holds '.articles | all(
    (.id | test("^[0-9]{2,}$")) and (.page | type) == "string" and (.title | type) == "string" and (.file | endswith(".wav"))
    and ([has("kicker"), has("section"), has("subtitle")] | all) and ([.kicker, .section, .subtitle] | all(. == null or (type == "string" and . != "")))
    and .frames > 0 and .rate_hz == 22050 and .channels == 1 and (.loudness_lufs | type) == "number" and .true_peak_dbtp <= -0.9)' out/edition.json
holds '[.articles[].sentences[]] | all((.role | IN("section", "kicker", "title", "subtitle", "byline", "continued", "subheading", "body", "caption",
    "credit")) and (.text | length) > 0 and .start_s < .end_s)' out/edition.json
# Cues follow each other with silence between them, the last one ends inside the file.
holds '.articles | all(. as $a | [.sentences[] | .start_s, .end_s] | . == sort and .[0] == 0 and .[-1] <= $a.frames / $a.rate_hz)' out/edition.json

# level FILE LUFS: the file, and what edition.json says of it, against libebur128
level() {
    local out name measured
    out=$(dirname "$1") name=$(basename "$1")
    measured=$("$soundinfo" loudness "$1")
    near "loudness of $1" "$measured" "$2" 0.3
    near "loudness that edition.json states of $1" "$(jq --arg f "$name" '.articles[] | select(.file == $f).loudness_lufs' "$out/edition.json")" "$measured" 0.2
    near "true peak that edition.json states of $1" "$(jq --arg f "$name" '.articles[] | select(.file == $f).true_peak_dbtp' "$out/edition.json")" \
        "$("$soundinfo" peak "$1")" 0.1
    awk -v p="$("$soundinfo" peak "$1")" 'BEGIN { exit !(p <= -0.9) }' || wrong "true peak of $1 is above -1 dBTP"
}
for file in out/sport-02.wav out/economy-01.wav out/chenbaotouban-02.wav; do level "$file" -16; done

page=$source/articles/garden-gb18030.txt
run 0 "$dubao" export -o radio --preset radio "$page"
level radio/garden-gb18030-01.wav -23
run 0 "$dubao" export -o quieter --loudness -19.5 "$page"
level quieter/garden-gb18030-01.wav -19.5
run 0 "$dubao" export -o podcast --preset podcast "$page"
is "the podcast's file" "$(ls podcast)" $'edition.json\ngarden-gb18030-01.mp3'
tidy podcast
for format in bwf rf64 flac ogg opus mp3 wav; do
    run 0 "$dubao" export -q -o "as-$format" --preset podcast -f "$format" "$page"
    is "words of -q" "$(<complained)" ""
    tidy "as-$format"
    run 0 "$dubao" export -o "as-$format" --preset podcast -f "$format" "$page"
    says complained "nothing has changed"
done

# Standard input; pages of the same name; an article without a word.
run 0 bash -c '"$1" export -o stdin - <"$2"' - "$dubao" "$page"
is "the file of standard input" "$(jq -r '.articles[0] | .file + " " + .page' stdin/edition.json)" "page-01.wav -"
mkdir a b
three_articles a/page.md
printf '# 标题\n\n正文在这里。\n' >b/page.md
run 0 "$dubao" export -o both a/page.md b/page.md
tidy both
is "articles of two pages with one name" "$(jq '.articles | length' both/edition.json)" 4
printf '# 好\n\n新闻。\n\n# ……\n\n！！！\n' >partly.md
run 1 "$dubao" export -o partly partly.md
tidy partly
is "articles with words" "$(jq '.articles | length' partly/edition.json)" 1
says complained "no word to read"
# A character without a reading is named with its line and counted.
printf '# 好\n\n新闻\U0002A6D6在。\n' >unread.md
run 0 "$dubao" export -o unread unread.md
says complained "unread.md:3: no reading for"
says complained "1 character without a reading"
# Many are one warning a page, with the place of the first.
printf '# 好\n\n新闻。\n\n他说Россия，又说привет。\n' >foreign.md
run 0 "$dubao" inspect unread.md foreign.md
is "warnings of two pages" "$(grep -c "no reading" complained)" 2
says complained "foreign.md:5: no reading for 'Р' (U+0420) and 11 characters behind it"
finish
