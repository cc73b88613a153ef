# How many tones a voice lets go: --style, its variable and its line in the configuration file.
. "$(dirname "$0")/../support/e2e.bash"

echo '我知道三个人' >line
spoken() { jq -r '[.syllables[].surface] | join(" ")' said; }

run 0 "$dubao" pinyin --json line
is "broadcast" "$(spoken)" 'wo3 zhi1 dao4 san1 ge5 ren2'
run 0 "$dubao" pinyin --json --style colloquial line
is "colloquial" "$(spoken)" 'wo3 zhi1 dao5 san1 ge5 ren2'
is "the dictionary's tones are the same" "$(jq -r '[.syllables[].pinyin] | join(" ")' said)" 'wo3 zhi1 dao4 san1 ge4 ren2'
DUBAO_STYLE=colloquial run 0 "$dubao" pinyin --json line
is "by the variable" "$(spoken)" 'wo3 zhi1 dao5 san1 ge5 ren2'
mkdir -p config/dubao && echo 'style colloquial' >config/dubao/config
run 0 "$dubao" pinyin --json line
is "by the configuration" "$(spoken)" 'wo3 zhi1 dao5 san1 ge5 ren2'
rm config/dubao/config

run 64 "$dubao" pinyin --style solemn line
says complained solemn

# Another style is another sound.
printf '# 标题\n\n我知道。\n' >page.md
run 0 "$dubao" export -o out page.md
run 0 "$dubao" export -o out --style colloquial page.md
says complained "1 article written"
finish
