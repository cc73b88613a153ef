# --export-while-playing: the same files as dubao export writes, beside the sound.
. "$(dirname "$0")/../support/e2e.bash"
three_articles page.md
run 0 "$dubao" export -q -o wanted page.md
run 0 timeout 60 "$dubao" play --driver null --export-while-playing got page.md
is "what play says of it" "$(<complained)" ""
diff -r wanted got || wrong "another export than dubao export's"
tidy got
# Words from a pipe are read by both; the sound is whole.
run 0 "$dubao" play --driver raw -o alone.raw page.md
run 0 bash -c 'cat page.md | timeout 60 "$1" play --driver raw -o both.raw --export-while-playing piped -' - "$dubao"
cmp alone.raw both.raw || wrong "the sound is another one beside an export"
is "articles of a pipe" "$(jq '.articles | length' piped/edition.json)" 3
run 0 bash -c 'timeout 60 "$1" play --driver null --export-while-playing redirected - <page.md' - "$dubao"
is "articles of standard input" "$(jq '.articles | length' redirected/edition.json)" 3
# Where it cannot write, the page is heard all the same, and then that is said.
run 73 timeout 60 "$dubao" play --driver raw -o heard.raw --export-while-playing page.md/no page.md
one_sentence "a folder that cannot be made"
cmp alone.raw heard.raw || wrong "an export that fails takes the sound with it"
# Ended in the middle, what is there is whole.
status=0
env --default-signal=INT LD_PRELOAD="$build/lib/crash.so" SLOW_MS=150 "$dubao" play --driver null --from-start --export-while-playing ended page.md \
    >said 2>complained </dev/null &
running=$!
sleep 0.8
kill -INT $running
wait $running || status=$?
is "status after Ctrl-C" "$status" 130
one_sentence "Ctrl-C while exporting"
[[ ! -e ended/edition.json ]] || tidy ended
is "half files" "$(find ended -name '.dubao-part-*')" ""
finish
