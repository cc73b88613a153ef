# The synthesiser dies: once costs nothing, twice costs that article, never the run. The program dies: no half file, and the next run cleans up.
. "$(dirname "$0")/../support/e2e.bash"
three_articles page.md
run 0 "$dubao" export -o whole page.md
crashing() { env LD_PRELOAD="$build/lib/crash.so" "$@"; }

# Once, in any worker: tried again, the same bytes.
for jobs in 1 3; do
    rm -f crashed
    run 0 crashing CRASH_ONCE="$scratch/crashed" "$dubao" export -j "$jobs" -o once page.md
    [[ -e crashed ]] || wrong "nothing crashed"
    diff -r once whole >/dev/null || wrong "a retry gives other files"
    rm -rf once
done

# Always on one sentence (bi3 sai4, in the second article): that article is named, with its sentence and line.
run 1 crashing CRASH_ON="$(awk -F'\t' '$1 == "sai4" { print $2 }' "$source/voices/mandarin/phonemes.tsv")" "$dubao" export -o part page.md
says complained "page.md:7: article 02 is not written"
says complained "the sentence is: 明天下雨，比赛改到星期天。"
says complained "2 articles written to part, 0 unchanged, 1 failed"
is "files beside the failed one" "$(ls -A part | tr '\n' ' ')" "edition.json page-01.wav page-03.wav "
tidy part
for n in 1 3; do cmp -s "part/page-0$n.wav" "whole/page-0$n.wav" || wrong "article $n sounds different beside a failed one"; done
# The next run makes what failed, and that only.
run 0 "$dubao" export -o part page.md
says complained "1 article written to part, 2 unchanged"
diff -r part whole >/dev/null || wrong "the next run gives other files"
# An article that fails now: its file of the last run would be old news.
sed -i 's/明天下雨/明天还下雨/' page.md
run 1 crashing CRASH_ON="$(awk -F'\t' '$1 == "sai4" { print $2 }' "$source/voices/mandarin/phonemes.tsv")" "$dubao" export -o part page.md
[[ ! -e part/page-02.wav ]] || wrong "the old file of a failed article stays"
tidy part
three_articles page.md

# Everything crashes.
run 1 crashing CRASH_ON=[ "$dubao" export -o none page.md
is "articles that are named" "$(grep -c 'is not written' complained)" 3
is "files of a run where all failed" "$(ls -A none)" edition.json
holds '.articles == []' none/edition.json
run 1 crashing CRASH_ON=[ "$dubao" play --driver null page.md
is "sentences that are named" "$(grep -c 'could not be spoken' complained)" 6

# slow_export DIR: a run in the background whose workers take 250 ms an utterance; its process is $running
slow_export() {
    LD_PRELOAD="$build/lib/crash.so" SLOW_MS=250 "$dubao" export -j 2 -o "$1" page.md >said 2>complained </dev/null &
    running=$!
    for _ in {1..200}; do [[ -z $(pgrep -P $running) ]] || return 0; sleep 0.01; done
    wrong "no worker was started"
}

# A worker is killed from outside.
slow_export killed
kill -9 "$(pgrep -P $running | head -1)"
status=0; wait $running || status=$?
is "status after a worker was killed" "$status" 0
diff -r killed whole >/dev/null || wrong "a killed worker changes the files"

# The program is killed: never a half file under its name, and its workers end with it.
for delay in 0.05 0.4 0.8; do
    rm -rf shot
    slow_export shot
    sleep "$delay"
    workers=$(pgrep -P $running || true)
    kill -9 $running
    wait $running 2>/dev/null || true
    [[ ! -e shot/edition.json ]] || wrong "edition.json of a killed run"
    for file in $(cd shot && ls); do cmp -s "shot/$file" "whole/$file" || wrong "half a file after kill -9: $file"; done
    run 0 "$dubao" export -o shot page.md
    diff -r shot whole >/dev/null || wrong "the run after kill -9 gives other files: $(ls -A shot)"
    for worker in $workers; do [[ ! -e /proc/$worker/exe ]] || wrong "worker $worker outlives its program"; done
done

# What was whole before kill -9 is not made again, though no edition.json tells of it; not even after a second one.
rm -rf shot
for articles in 1 2; do
    LD_PRELOAD="$build/lib/crash.so" SLOW_MS=100 "$dubao" export -j 1 -o shot page.md >said 2>complained </dev/null &
    running=$!
    for _ in {1..400}; do [[ ! -e shot/.dubao-journal || $(grep -c '"key"' shot/.dubao-journal) -lt $articles ]] || break; sleep 0.01; done
    kill -9 $running
    wait $running 2>/dev/null || true
done
stat -c '%n %i' shot/page-01.wav shot/page-02.wav >before
run 0 "$dubao" export -o shot page.md
says complained "1 article written to shot, 2 unchanged"
stat -c '%n %i' shot/page-01.wav shot/page-02.wav | cmp -s - before || wrong "a file that was whole before kill -9 is written again"
diff -r shot whole >/dev/null || wrong "the run after kill -9 gives other files: $(ls -A shot)"

# A run with another loudness is killed: files of both have the same length, and the next run does not take one for the other.
LD_PRELOAD="$build/lib/crash.so" SLOW_MS=100 "$dubao" export -j 1 --loudness -20 -o shot page.md >said 2>complained </dev/null &
running=$!
for _ in {1..400}; do cmp -s shot/page-01.wav whole/page-01.wav || break; sleep 0.01; done
kill -9 $running
wait $running 2>/dev/null || true
! cmp -s shot/page-01.wav whole/page-01.wav || wrong "nothing was replaced"
run 0 "$dubao" export -o shot page.md
diff -r shot whole >/dev/null || wrong "after a run with another loudness was killed, its files are taken for these: $(<complained)"

# Ctrl-C and its relatives: between two sentences, 130, and the next run goes on with what is missing.
for signal in INT TERM HUP; do
    rm -rf stopped
    # A shell gives its background jobs an ignored SIGINT; env gives the default back.
    LD_PRELOAD="$build/lib/crash.so" SLOW_MS=100 env --default-signal=INT "$dubao" export -j 1 -o stopped page.md >said 2>complained </dev/null &
    running=$!
    for _ in {1..300}; do [[ ! -e stopped/page-01.wav ]] || break; sleep 0.01; done
    kill -$signal $running
    status=0; wait $running || status=$?
    is "status after SIG$signal" "$status" 130
    one_sentence "SIG$signal"
    tidy stopped
    run 0 "$dubao" export -o stopped page.md
    grep -qE ', [12] unchanged' complained || wrong "an interrupted run's articles are rendered again: $(<complained)"
    diff -r stopped whole >/dev/null || wrong "the run after SIG$signal gives other files"
done
finish
