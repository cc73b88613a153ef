# --rate: so many syllables a minute over the whole sound of an article, all its pauses counted, within 3 %; a voice's own rate without it.
. "$(dirname "$0")/../support/e2e.bash"

# syllables OUT: of all sentences that were read
syllables() { jq -r '.articles[].sentences[].text' "$1/edition.json" | "$dubao" pinyin -q | wc -w; }
# measured OUT: syllables a minute
measured() {
    local seconds
    seconds=$(jq '[.articles[] | .frames / .rate_hz] | add' "$1/edition.json")
    awk -v n="$(syllables "$1")" -v s="$seconds" 'BEGIN { print 60 * n / s }'
}

for page in economy culture; do
    for rate in 120 200 300 420 450 500; do
        run 0 "$dubao" export -q -o "out$rate" --rate "$rate" "$source/articles/$page.md"
        near "rate of $page at $rate" "$(measured "out$rate")" "$rate" "$(awk -v r="$rate" 'BEGIN { print 0.03 * r }')"
        rm -r "out$rate"
    done
    for voice in man woman; do
        run 0 "$dubao" export -q -o own --voice "$voice" "$source/articles/$page.md"
        near "own rate of $voice" "$(measured own)" 255 15
        rm -r own
    done
done

# Short articles, in every voice, and one that is mostly pauses.
printf '# 南城公园的花开了\n\n记者从园林部门获悉，南城公园的月季今天全部开放。游客可以在早上六点到晚上九点之间免费参观。\n' >brief.md
printf '# 春天的诗\n\n春天来了，\n花开了。\n\n小河醒了，\n流过山坡。\n\n燕子飞来，\n停在屋檐下。\n\n天空很蓝，\n白云很白。\n' >poem.md
# rate_of PAGE VOICE RATE PERCENT
rate_of() {
    run 0 "$dubao" export -q -o brief --voice "$2" --rate "$3" "$1.md"
    near "rate of $1, $2 at $3" "$(measured brief)" "$3" "$(awk -v r="$3" -v p="$4" 'BEGIN { print p / 100 * r }')"
    rm -r brief
}
for voice in man woman pair dialogue slow fast; do
    for rate in 120 160 245 400 450 500; do rate_of brief $voice $rate 3; done
    for rate in 160 300; do rate_of poem $voice $rate 5; done
done

# A player's wav has the same pace.
run 0 "$dubao" play -q --from-start --rate 300 --driver wav -o played.wav "$source/articles/culture.md"
run 0 "$dubao" export -q -o exported --rate 300 "$source/articles/culture.md"
near "seconds played" "$("$soundinfo" frames played.wav)" "$(jq '[.articles[].frames] | add' exported/edition.json)" \
    "$(jq '[.articles[].frames] | add * 0.03' exported/edition.json)"

# Another rate, another sound: nothing is kept.
run 0 "$dubao" export -o exported --rate 301 "$source/articles/culture.md"
says complained " 0 unchanged"

for rate in 119 501 fast; do
    run 64 "$dubao" export --rate "$rate" "$source/articles/culture.md"
    one_sentence "$rate"
done
finish
