# dubao play through libao's null, raw and wav drivers: all of the page, in order, with its pauses; every way out.
. "$(dirname "$0")/../support/e2e.bash"
three_articles page.md

run 0 "$dubao" play --driver null page.md
is "lines of play" "$(<said)" $'春风\n今天天气很好，我们去公园。\n夏雨\n明天下雨，比赛改到星期天。\n冬雪\n昨天北方下了大雪。'
is "complaints of play" "$(<complained)" ""
run 0 "$dubao" play --driver wav -o page.wav page.md
run 0 "$dubao" play --driver raw -o page.raw page.md
is "rate and channels" "$("$soundinfo" rate page.wav) $("$soundinfo" channels page.wav)" "22050 1"
frames=$("$soundinfo" frames page.wav)
is "bytes of the raw sound" "$(stat -c %s page.raw)" $((2 * frames))
# The driver's file and the export hold the same sentences and pauses; between two articles stands an article's pause. They cut the page into other runs, and
# where a voice dies away its last pulse (7 ms, 160 frames) is heard or not by the phase that the run before left: some pulses are allowed, no pause is so short.
run 0 "$dubao" export -o out page.md
pause() { awk -F'\t' -v name="$1" '$1 == name { print $3 }' "$source/voices/mandarin/pauses.tsv"; }
near "frames played" "$frames" "$(jq --argjson extra "$((($(pause article) - $(pause paragraph)) * 22050 / 1000))" '([.articles[].frames] | add) + 2 * $extra' \
    out/edition.json)" 800
near "loudness played" "$("$soundinfo" loudness page.wav)" -16 1.5
awk -v p="$("$soundinfo" peak page.wav)" 'BEGIN { exit !(p <= -0.9) }' || wrong "true peak of what is played is above -1 dBTP"
run 0 "$dubao" play --driver wav -o jobs.wav -j 5 page.md
cmp -s page.wav jobs.wav || wrong "-j 5 plays otherwise"
run 0 "$dubao" play --driver wav -o slow.wav -v slow page.md
[[ $("$soundinfo" frames slow.wav) -gt $((frames * 5 / 4)) ]] || wrong "the slow voice is not slow"
run 0 bash -c '"$1" play --driver wav -o stdin.wav - <page.md' - "$dubao"
cmp -s page.wav stdin.wav || wrong "standard input plays otherwise"
run 0 bash -c 'cat page.md | "$1" play --driver wav -o stdin.wav -' - "$dubao"
cmp -s page.wav stdin.wav || wrong "a pipe plays otherwise"
run 0 "$dubao" play --driver wav -o two.wav page.md page.md
near "two pages" "$("$soundinfo" frames two.wav)" "$((2 * frames + ($(pause article) - $(pause paragraph)) * 22050 / 1000))" 800

# --opening and --signal: heard between the same sentences, and never counted as one.
printf '江湾晨报 2024年10月8日 星期二 第3版\n\n' >paper.md
cat page.md >>paper.md
run 0 "$dubao" play --driver wav -o plain.wav paper.md
run 0 "$dubao" play --driver wav -o opened.wav --opening paper.md
awk -v a="$("$soundinfo" frames opened.wav)" -v b="$("$soundinfo" frames plain.wav)" 'BEGIN { s = (a - b) / 22050; exit !(s > 4 && s < 12) }' ||
    wrong "the opening is not heard: $("$soundinfo" frames opened.wav) frames"
run 0 "$dubao" play --driver wav -o chime.wav --signal chime paper.md
is "frames with two chimes of 1 s and 0.5 s" "$(($("$soundinfo" frames chime.wav) - $("$soundinfo" frames plain.wav)))" $((2 * (22050 + 11025)))
run 0 "$dubao" play --driver wav -o words.wav --signal words paper.md
awk -v a="$("$soundinfo" frames words.wav)" -v b="$("$soundinfo" frames plain.wav)" 'BEGIN { s = (a - b) / 22050; exit !(s > 1.5 && s < 5) }' ||
    wrong "the words between articles are not heard: $("$soundinfo" frames words.wav) frames"
run 0 bash -c 'echo "Volume 1" | "$1" play --driver null --remote --from-start --signal words paper.md' - "$dubao"
is "sentences beside the signals" "$(jq -r 'select(.event == "sentence" or .event == "aside") | .text' said | tr '\n' '|')" \
    "春风|今天天气很好，我们去公园。|下一条。|夏雨|明天下雨，比赛改到星期天。|下一条。|冬雪|昨天北方下了大雪。|"
run 0 "$dubao" play --driver wav -o pages.wav --signal chime paper.md page.md
is "frames with five chimes" "$(($("$soundinfo" frames pages.wav) - 2 * $("$soundinfo" frames plain.wav)))" "$((5 * (22050 + 11025) + ($(pause article) - $(pause paragraph)) * 22050 / 1000))"
# A page whose beginning is heard before all of it is read sounds as it does otherwise (where a place is kept, all of it is read first), in any encoding and
# without a line's end. Each home is another listener.
. "$source/tests/support/play.bash"
long_page long.md
tr -d '#\n' <long.md >long.txt
iconv -f UTF-8 -t GB18030 long.md >long_gb.md
printf '\xff\xfe' >long_16.md
iconv -f UTF-8 -t UTF-16LE long.md >>long_16.md
for page in long.md long.txt long_gb.md long_16.md marks.md; do
    mkdir -p "kept_$page/.local/state/dubao"
    : >"kept_$page/.local/state/dubao/other.place"
done
for page in long.md long.txt long_gb.md long_16.md; do
    run 0 env HOME="$scratch/new_$page" "$dubao" play --signal words --driver raw -o early.raw --sleep 40s $page
    run 0 env HOME="$scratch/kept_$page" "$dubao" play --signal words --driver raw -o late.raw --sleep 40s $page
    cmp early.raw late.raw || wrong "a head start makes another sound of $page"
    is "place kept of $page" "$(grep -h ^place "new_$page"/.local/state/dubao/*)" "$(cat "kept_$page"/.local/state/dubao/*.place | grep ^place)"
done
# Nothing but marks in its beginning; a NUL byte behind it.
{ for ((i = 0; i < 20000; i++)); do echo '……'; done; cat long.md; } >marks.md
run 0 env HOME="$scratch/new_marks" "$dubao" play --driver raw -o early.raw --sleep 4s marks.md
run 0 env HOME="$scratch/kept_marks.md" "$dubao" play --driver raw -o late.raw --sleep 4s marks.md
cmp early.raw late.raw || wrong "a head start makes another sound of a page that begins with marks"
{ cat long.md; printf '\0\0'; } >broken.md
run 65 env HOME="$scratch/new_broken" "$dubao" play --driver null broken.md
one_sentence "a page that is broken behind its beginning"

# Without a terminal, in a session of its own, with any stream closed (cron, systemd): the same sound, and no word where none can be said.
for closed in '</dev/null' '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do
    rm -f bare.raw
    eval "setsid -w timeout 60 '$dubao' play --driver raw -o bare.raw page.md $closed" || wrong "status $? with $closed"
    cmp -s page.raw bare.raw || wrong "another sound with $closed"
done
# The lines go to standard output where there is no terminal; not with --quiet, and never into the sound. Who stops reading them stops no sound.
run 0 env HOME="$scratch/lines" "$dubao" play -q --driver null page.md
is "lines with --quiet" "$(<said)" ""
HOME=$scratch/lines "$dubao" play --driver raw -o /dev/stdout page.md | cat >mixed.raw
cmp page.raw mixed.raw || wrong "words in the sound on /dev/stdout"
{ "$dubao" play --driver raw -o unread.raw page.md || echo $? >unread; } | head -c 1 >/dev/null
[[ ! -e unread ]] || wrong "status $(<unread) where nobody reads the lines"
cmp page.raw unread.raw || wrong "another sound where nobody reads the lines"
# In a pipe: no words in the sound, and a WAV whose head cannot be written again is none the worse.
for driver in raw wav; do
    run 0 bash -c '"$1" play --driver $2 -o - page.md | cat >"piped.$2"' - "$dubao" $driver
    is "complaints about a pipe ($driver)" "$(<complained)" ""
    is "bytes through a pipe ($driver)" "$(stat -c %s piped.$driver)" "$(stat -c %s page.$driver)"
done

# One sentence dies: it is named, the others are heard.
run 1 env LD_PRELOAD="$build/lib/crash.so" CRASH_ON="$(awk -F'\t' '$1 == "sai4" { print $2 }' "$source/voices/mandarin/phonemes.tsv")" \
    "$dubao" play --driver wav -o part.wav page.md
says complained "page.md:7: a sentence could not be spoken"
[[ $("$soundinfo" frames part.wav) -gt $((frames / 2)) ]] || wrong "the rest is not heard"

# Ctrl-C and its relatives end it with 130 within a moment, whatever it is doing. SLOW_MS: workers that leave time for it.
ends_by() {
    local signal=$1 status=0 running
    shift
    env --default-signal=INT "$@" >said 2>complained <fifo &
    running=$!
    sleep 0.4
    kill -"$signal" $running
    for _ in {1..150}; do [[ -e /proc/$running/exe ]] || break; sleep 0.01; done
    [[ ! -e /proc/$running/exe ]] || { wrong "SIG$signal does not end: $*"; kill -9 $running; }
    wait $running || status=$?
    is "status after SIG$signal of: $*" "$status" 130
}
mkfifo fifo
exec 8<>fifo
slow=(LD_PRELOAD="$build/lib/crash.so" SLOW_MS=200)
for signal in INT TERM HUP; do
    ends_by $signal "${slow[@]}" "$dubao" play -j 1 --driver null page.md
    one_sentence "play, SIG$signal"
done
# The last sentence of all: the end is an interruption too.
printf '好。\n' >short.md
ends_by INT LD_PRELOAD="$build/lib/crash.so" SLOW_MS=700 "$dubao" play --driver null short.md
# While it waits for words nothing has begun, and the signal ends it as any program.
for command in "export -o waiting" "play --driver null"; do
    status=0
    env --default-signal=INT "$dubao" $command - <fifo >said 2>complained &
    running=$!
    sleep 0.3
    kill -INT $running
    for _ in {1..100}; do [[ -e /proc/$running/exe ]] || break; sleep 0.01; done
    [[ ! -e /proc/$running/exe ]] || { wrong "Ctrl-C does not end: $command -"; kill -9 $running; }
    wait $running || status=$?
    is "status of $command - after Ctrl-C" "$status" 130
done
[[ ! -e waiting ]] || wrong "an export that got no page has made its folder"
exec 8>&-
# So it is with a pipe that nobody writes into.
mkfifo unwritten.md
for signal in INT TERM; do
    for command in "export -o waiting" "play --driver null" inspect; do
        status=0
        env --default-signal=INT "$dubao" $command unwritten.md >said 2>complained </dev/null &
        running=$!
        sleep 0.3
        kill -$signal $running
        for _ in {1..100}; do [[ -e /proc/$running/exe ]] || break; sleep 0.01; done
        [[ ! -e /proc/$running/exe ]] || { wrong "SIG$signal does not end: $command unwritten.md"; kill -9 $running; }
        wait $running || status=$?
        [[ $status -gt 128 ]] || wrong "status of $command unwritten.md after SIG$signal: $status"
    done
done
# A pipe is read once, and its words are there for the export beside the sound and for who goes back to it.
run 0 timeout 60 "$dubao" play --driver null --export-while-playing beside <(cat page.md)
is "articles of a pipe, exported beside the sound" "$(jq '.articles | length' beside/edition.json)" "$(jq '.articles | length' <("$dubao" inspect --json page.md))"
timeout 60 "$dubao" play --remote --driver null <(cat page.md) short.md <<<$'Article 3\nNext\nPrevious\nStatus\nQuit' >said
is "the page gone back to" "$(jq -sc '[.[] | select(.answer == "Status") | .page_number] | last' said)" 1
run 65 "$dubao" export -o waiting <(printf '\0\1\2\3%.0s' {1..400})
says complained /dev/fd/
finish
