# English words are said in English between Mandarin ones: shorter than they are spelled, at the rate asked for, the same on every run, and whatever the
# letters are, nothing is lost.
. "$(dirname "$0")/../support/e2e.bash"

seconds() { jq '[.articles[] | .frames / .rate_hz] | add' "$1/edition.json"; }

printf '# 消息\n\n公司发布了Washington系统。\n' >word.md
printf '# 消息\n\n公司发布了WASHINGTON系统。\n' >letters.md
for page in word letters; do run 0 "$dubao" export -q -o "$page" "$page.md"; done
awk -v word="$(seconds word)" -v letters="$(seconds letters)" 'BEGIN { exit !(word + 0.8 < letters) }' ||
    wrong "a word takes $(seconds word) s, its letters $(seconds letters) s"

# The same sound however many work at it.
printf '# 消息\n\n看New York Times报道。他说online game很多。软件叫Windows。唱It’s Rock'n'Roll，发e-mail。\n' >many.md
run 0 "$dubao" export -q -j 1 -o one many.md
run 0 "$dubao" export -q -j 3 -o three many.md
cmp one/many-01.wav three/many-01.wav || wrong "-j changes the sound of English words"

# At any rate. Sentences with 14 Chinese characters, and words with so many syllables (voices/mandarin/english.tsv: vowels).
{
    printf '# 消息\n\n'
    for words in 'Washington Times' 'Windows update' 'OpenAI model' 'Manchester United' 'New York Marathon' 'Barcelona' 'Champions League' 'online game' \
        'Starbucks' 'Netflix' 'software' 'Science' 'Harvard' 'Android Robot' 'Hollywood'; do printf '记者从%s获悉，今年的活动明天开始。' "$words"; done
} >pace.md
syllables=$((2 + 15 * 14 + 5 + 5 + 6 + 6 + 5 + 4 + 4 + 5 + 2 + 2 + 3 + 2 + 2 + 4 + 3))
for rate in 160 300 450; do
    for voice in man woman; do
        run 0 "$dubao" export -q -o paced --voice "$voice" --rate "$rate" pace.md
        near "rate of $voice at $rate" "$(awk -v n="$syllables" -v s="$(seconds paced)" 'BEGIN { print 60 * n / s }')" "$rate" "$(awk -v r="$rate" 'BEGIN { print 0.03 * r }')"
        tidy paced
        rm -r paced
    done
done

# Every voice has it, each its own.
for voice in pair slow fast; do
    run 0 "$dubao" export -q -o "own-$voice" --voice "$voice" word.md
    run 0 "$dubao" export -q -o "letters-$voice" --voice "$voice" letters.md
    awk -v word="$(seconds "own-$voice")" -v letters="$(seconds "letters-$voice")" 'BEGIN { exit !(word + 0.5 < letters) }' || wrong "$voice says no English"
done

# pinyin spells, and says that it is English.
printf 'Sky\n' >line
run 0 "$dubao" pinyin --explain line
says said $'\tk\tkei4\tenglish'

# What no voice can say as a word is spelled: a run without end, quotation marks, letters and figures mixed.
{
    printf '# 消息\n\n'
    head -c 20000 /dev/zero | tr '\0' a
    printf "。\n\n''''''don't''rock'n'roll。\n\na1b2Windows95c3D4eOffice365。\n\nThe quick brown fox jumps over the lazy dog and then the dog sleeps well。\n"
} >hostile.md
run 0 "$dubao" export -q -o hostile hostile.md
tidy hostile
for words in "rock'n'roll" Office365 'lazy dog'; do says hostile/edition.json "$words"; done
finish
