# A user's own words, --lexicon and the configured ones, readings in the text, and pinyin --explain, which says who decided.
. "$(dirname "$0")/../support/e2e.bash"

printf '# mine\n银行\tyín xíng\n重庆路 zhong4qing4lu4\n单个\n' >words
echo '中国银行在重庆路，他行<hang2>不行，还在。' >line

run 0 "$dubao" pinyin --lexicon words line
is "the user's readings" "$(<said)" 'zhong1 guo2 yin2 xing2 zai4 zhong4 qing4 lu4 ta1 hang2 bu4 xing2 hai2 zai4'
says complained 'words:4: '
run 0 "$dubao" pinyin line
is "without it" "$(cut -d' ' -f1-8 said)" 'zhong1 guo2 yin2 hang2 zai4 chong2 qing4 lu4'
mkdir -p config/dubao && cp words config/dubao/lexicon
run 0 "$dubao" pinyin line
is "the configured one" "$(cut -d' ' -f3,4 said)" 'yin2 xing2'
rm config/dubao/lexicon

# Who decided.
run 0 "$dubao" pinyin --explain -l words line
is "the line stays whole" "$(grep -v $'^\t' said)" "$(<line)"
says said $'\t银\tyin2\tuser'
says said $'\t行\thang2\ttext'
grep -qE $'^\t还\thai2\tmodel [0-9]+\\.[0-9]' said || wrong "no score for 还: $(grep 还 said)"
run 0 "$dubao" pinyin --explain --json -l words line
holds '.syllables | all(.source != null and .pinyin != null)' said
holds '[.syllables[] | select(.source == "model")] | length > 0 and all(.score != null)' said
is "sources" "$(jq -r '[.syllables[].source] | unique | map(select(. == "user" or . == "text")) | join(" ")' said)" 'text user'
run 0 "$dubao" pinyin --json line
holds '.syllables | all(has("source") | not)' said

# As W3C PLS and back.
run 1 "$dubao" lexicon --pls words
says complained 'words:4: '
cp said words.pls
says words.pls '<grapheme>重庆路</grapheme>'
run 0 "$dubao" lexicon words.pls
is "the way back" "$(<said)" $'银行\tyin2 xing2\n重庆路\tzhong4 qing4 lu4'
run 0 "$dubao" pinyin -l words.pls line
is "PLS as the lexicon" "$(cut -d' ' -f3,4 said)" 'yin2 xing2'

# A tone that was forgotten is none of the neutral one.
printf '单 dan\n妈妈 māma\n的 de5\n银行 yin2 hang\n' >toneless
run 1 "$dubao" lexicon toneless
is "words with their tones" "$(<said)" $'妈妈\tma1 ma5\n的\tde5'
says complained 'toneless:1: a syllable has no tone'
says complained 'toneless:4: a syllable has no tone'

run 66 "$dubao" pinyin -l nowhere line
says complained nowhere
printf '<html></html>' >page.html
run 65 "$dubao" lexicon page.html
says complained page.html

# A page: the reading is not spoken, the offsets stay, and a changed lexicon is a changed article.
printf '# 银行<yin2 hang2>开门\n\n银行今天开门，他说行<hang2>。a<b，5<6。\n' >page.md
run 0 "$dubao" inspect --json page.md
is "no letters of the reading are said" "$(jq -r '[.articles[].blocks[].sentences[].spoken] | join(" ")' said)" '银行开门 银行今天开门，他说行。 a小于b，五小于六。'
run 0 "$dubao" export -o out page.md
run 0 "$dubao" export -o out page.md
says complained "nothing has changed"
run 0 "$dubao" export -o out -l words page.md
says complained "1 article written"
finish

# What looks like a reading and is none is named with its own line, wherever its paragraph begins.
printf '今天的风很大，\n我们行<xyz1>走在江边，又行<xyz1>\n到了桥头，再行<xyz1>到家。\n' >wrapped.txt
for command in inspect pinyin; do
    run 0 "$dubao" "$command" wrapped.txt
    is "lines of $command" "$(grep -o ':[0-9]*: .<xyz1>' complained | cut -d: -f2 | tr '\n' ' ')" '2 2 3 '
done
