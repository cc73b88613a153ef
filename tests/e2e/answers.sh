# What inspect, text, pinyin and voices answer, with --json and without, against INTERFACE: the keys, their types, the offsets.
. "$(dirname "$0")/../support/e2e.bash"

run 0 "$dubao" inspect --json "$source/articles"
jq -e . said >/dev/null || wrong "inspect --json is no JSON"
holds '.articles | length >= 10' said
holds '.articles | all((.id | test("^[0-9]{2,}$")) and (.page | type) == "string" and (.title | type) == "string" and (.notes | type) == "array"
    and ([.section, .kicker, .subtitle, .continued_from] | all(. == null or (type == "string" and . != "")))
    and ([has("section"), has("kicker"), has("subtitle"), has("continued_from")] | all))' said
holds '[.articles[].blocks[]] | all((.line | type) == "number" and .line >= 1 and (.text | length) > 0 and (.sentences | type) == "array"
    and (.role | IN("section", "kicker", "title", "subtitle", "byline", "continued", "subheading", "body", "caption", "credit")))' said
holds '[.articles[].blocks[].sentences[]] | all((.text | length) > 0 and (.spoken | length) > 0 and .pause_ms > 0
    and ([.pinyin, .surface] | all(test("^([a-zv]+[1-5] )*[a-zv]+[1-5]$")))
    and (.pinyin | split(" ") | length) == (.surface | split(" ") | length))' said
# A sentence is a part of its block, and nothing of a spoken block but space stands outside its sentences.
holds '[.articles[].blocks[] | select(.sentences != [])] | all((.text | gsub("[ \u3000]"; "")) == ([.sentences[].text] | add | gsub("[ \u3000]"; "")))' said
holds '[.articles[].blocks[] | select(.sentences == [])] | all(.note != null)' said
cp said inspected
run 0 "$dubao" inspect "$source/articles"
is "articles for a person" "$(grep -cE '^[0-9]{2,}  ' said)" "$(jq '.articles | length' inspected)"

# What a rule leaves out is listed, never lost.
printf '今天😀开心★，#话题#。\n' >silent.txt
run 0 "$dubao" inspect --json silent.txt
holds '.articles[0].blocks[0].sentences[0].silent == ["😀", "★", "#", "#"]' said
run 0 "$dubao" inspect silent.txt
says said 'silent: 😀 ★ # #'

printf '2021年，12%%的银行。\n\n好\n' >lines
run 0 "$dubao" text lines
is "lines of the spoken form" "$(wc -l <said)" 3
is "an empty line stays" "$(sed -n 2p said)" ""
is "figures written out" "$(head -1 said)" "二零二一年，百分之十二的银行。"
cp said spoken
printf '（单号）记者单峰说\n' >person
run 0 "$dubao" text person
is "a surname asks for no table that this command does not open" "$(<said)" "（单号）记者单峰说"
run 0 bash -c '"$1" text <lines' - "$dubao"
cmp -s said spoken || wrong "standard input is read otherwise than a file"
run 0 bash -c '"$1" text - <lines' - "$dubao"
cmp -s said spoken || wrong "- is not standard input"
run 0 "$dubao" text --json lines
is "keys of text" "$(jq -c keys said | sort -u)" '["spoken","text"]'
is "texts of text" "$(jq -r .text said)" "$(<lines)"
is "spoken of text" "$(jq -r .spoken said)" "$(<spoken)"

run 0 "$dubao" pinyin lines
is "readings, a line a line" "$(<said)" $'er4 ling2 er4 yi1 nian2 bai3 fen1 zhi1 shi2 er4 de5 yin2 hang2\n\nhao3'
# Figures take the offsets of the whole figure, characters their own bytes.
printf '银行12%%，一个\n  两个字，abc·好。再见！\r\n重庆的长江大桥很长，100米\n' >offsets
run 0 "$dubao" pinyin --json offsets
holds 'has("text") and has("spoken") and (.syllables | all((.pinyin | test("^[a-zv]+[1-5]$")) and (.surface | test("^[a-zv]+[1-5]$"))
    and (.break | IN(0, 1, 2, 3, 4)) and .from < .to and (.char | length) >= 1))' said
is "the figure's offsets" "$(jq -c '[.syllables[] | select(.from == 6) | [.to, .char]]' <(head -1 said))" '[[9,"百"],[9,"分"],[9,"之"],[9,"十"],[9,"二"]]'
is "the last syllable's break" "$(jq '.syllables[-1].break' <(head -1 said))" 4
# from..to of the line are the character wherever the spoken form has it from there.
checked=0
while IFS= read -r answer; do
    line=$(jq -r .text <<<"$answer")
    while read -r from to char; do
        part=$(LC_ALL=C; printf '%s' "${line:from:to-from}")
        [[ $part == *[0-9A-Za-z]* ]] || is "bytes $from to $to of $line" "$part" "$char"
        checked=$((checked + 1))
    done < <(jq -r '.syllables[] | "\(.from) \(.to) \(.char)"' <<<"$answer")
done <said
[[ $checked -gt 25 ]] || wrong "only $checked offsets were there to check"

run 0 "$dubao" voices
for voice in man woman slow; do grep -q "^$voice " said || wrong "the voice $voice is not listed"; done
run 0 "$dubao" voices --json
holds '[.voices[].name] == ["dialogue", "fast", "man", "pair", "slow", "woman"] and (.voices | all((.title | type) == "string" and (.gender | IN("male", "female"))))' said

# Help and version of the program and of every command.
for command in '' export play inspect text pinyin voices; do
    run 0 "$dubao" $command --help
    says said Usage
    is "complaints of --help" "$(<complained)" ""
    run 0 "$dubao" $command --version
    grep -qE '^dubao [0-9]+\.[0-9]+' said || wrong "the version of '$command': $(<said)"
done
# An encoding by another name: the same page, the same answer.
text='江湾市地铁七号线今天开通，从机场到大学城只要四十九分钟。'
"$dubao" pinyin <<<"$text" >want
for encoding in GB18030 UTF-16 UTF-8; do
    { [[ $encoding != UTF-8 ]] || printf '\xEF\xBB\xBF'; iconv -f UTF-8 -t "$encoding" <<<"$text"; } >encoded
    run 0 "$dubao" pinyin encoded
    cmp -s said want || wrong "$encoding is read otherwise: $(<said)"
done
finish
