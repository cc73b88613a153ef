# The same page gives the same bytes however many workers there are, and in whatever order they end.
. "$(dirname "$0")/../support/e2e.bash"
cp "$source"/articles/sport.md "$source"/articles/plain-city.txt .
for jobs in 1 2 5 64; do
    run 0 "$dubao" export -o "jobs-$jobs" -j "$jobs" sport.md plain-city.txt
    diff -r jobs-1 "jobs-$jobs" >/dev/null || wrong "-j $jobs gives other files than -j 1"
done
# The machine is busy: workers are slowed down, the sound is the same.
three_articles page.md
run 0 "$dubao" export -o idle -j 1 page.md
run 0 env LD_PRELOAD="$build/lib/crash.so" SLOW_MS=30 "$dubao" export -o busy -j 5 page.md
diff -r idle busy >/dev/null || wrong "slow workers give other files"
# What is said first does not change what is said next.
sed '1,4d' page.md >later.md
mkdir later
mv later.md later/page.md
run 0 "$dubao" export -o alone later/page.md
# The sound alone: the tags behind it hold the number.
sound() { tail -c +45 "$1" | head -c $((2 * $("$soundinfo" frames "$1"))); }
cmp -s <(sound alone/page-01.wav) <(sound idle/page-02.wav) || wrong "the same article sounds different after another one"
finish
