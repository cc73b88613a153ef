# Pages that nobody would print: no crash, no hang, no lost article, and nothing that reaches the synthesiser but mnemonics.
. "$(dirname "$0")/../support/e2e.bash"

# survives FILE: every command ends with a status of INTERFACE, within a time, and inspect's answer is JSON
survives() {
    local status command
    for command in "export -q -o out-$1" "inspect --json" "inspect" "text --json" "pinyin --json" "play --driver null"; do
        status=0
        timeout 60 "$dubao" $command "$1" >said 2>complained </dev/null || status=$?
        case $status in
        0 | 1 | 65) ;;
        *) wrong "status $status: $command $1"; head -3 complained ;;
        esac
        if [[ $status -eq 0 && $command == *--json ]]; then jq -e . said >/dev/null || [[ ! -s said ]] || wrong "no JSON: $command $1"; fi
    done
    [[ ! -e out-$1/edition.json ]] || tidy "out-$1"
}
printf '# 标题[[x]]\n\n正文里有[[ma214]]和]]，[[，\\x01NNP，<audio src="x">，<speak>你好</speak>，&lt;，%%s%%n%%d。\n' >brackets.md
printf '# 控制\001\002\033[31m\177\n\n字\001符\b\a，\xe2\x80\xae倒过来\xe2\x80\xac。\n' >control.md
{ echo '# 正文很长，控制符很少'; printf '字\033符，%.0s' 1 2; printf '今天天气很好，我们去公园。%.0s' {1..40}; } >escape.md
printf 'A.%.0s' {1..100} >initials.md
printf '%s\n' "$(printf '好%.0s' {1..3000})" >nomarks.md
printf '%s\n' "$(printf '，%.0s' {1..3000})好" >commas.md
printf '%s。\n' "$(printf '9%.0s' {1..2000})" >digits.md
printf '%s。\n' "$(printf 'WTO%.0s' {1..300})" >letters.md
printf '# 题%.0s\n\n' {1..300} >headings.md
printf '\xff\xfe\xfd\xfc\x80坏字节' >bytes.md
printf '\r\r\n\n\r# 题\r\r正文。\r' >returns.md
printf '😀👨‍👩‍👧🇨🇳。e\xcc\x81\xcc\x81\xcc\x81，Ⅷ㎡①㈠½𠀀。\n' >signs.md
printf 'العربية हिन्दी ひらがな 한국어 кириллица 好。\n' >scripts.md
printf '%s\n' "$(printf '“（《【%.0s' {1..2000})好" >open.md
printf -- '> %.0s' {1..500} >quotes.md
printf -- '- %.0s' {1..500} >lists.md
for file in *.md; do survives "$file"; done

# What was said of a long stretch is all there: 3000 syllables of the same kind are 100 times 30 of them.
run 0 "$dubao" pinyin nomarks.md
is "syllables of a line without marks" "$(wc -w <said)" 3000
run 0 "$dubao" export -q -o nomarks nomarks.md
near "seconds a syllable" "$(jq '.articles[0].frames / 22050 / 3000' nomarks/edition.json)" 0.24 0.08
# A character that cannot be read is named on a line that cannot disturb a terminal.
run 0 "$dubao" inspect escape.md
is "syllables beside an escape" "$("$dubao" pinyin escape.md 2>/dev/null | wc -w)" $((9 + 4 + 40 * 11))
[[ $(<complained) != *$'\e'* && $(<complained) != *$'\001'* ]] || wrong "a control character is sent to the terminal: $(cat -v complained)"
# What never ends is refused before memory does.
run 65 timeout 60 "$dubao" inspect /dev/zero
# One long line, in time that grows with it.
awk 'BEGIN { for (i = 0; i < 60000; i++) printf "读报的人越来越多，" }' >line.txt
run 0 timeout 60 "$dubao" pinyin line.txt
is "syllables of one line of 1.6 MB" "$(wc -w <said)" 480000
finish
