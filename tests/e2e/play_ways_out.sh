# Every way out of play leaves the terminal as it was found and the place kept; the next run goes on there.
. "$(dirname "$0")/../support/e2e.bash"
. "$source/tests/support/play.bash"
listeners_page page.md
listeners_samples
kept() { sed -n 's/^place\t//p' "$1"/.local/state/dubao/*.place 2>/dev/null | tr '\t' ' '; }

# Each of them goes to article 2 first.
session quit 0.3:n 0.7:q &
session ctrl_c 0.3:n 0.7:$'\x03' &
session term 0.3:n '0.7!TERM' &
session hup 0.3:n '0.7!HUP' &
session kill 0.3:n '0.7!KILL' &
session core 0.3:n '0.7!QUIT' &
session crash 0.3:n '0.7!ABRT' &
session kill_prompt 0.3:n 0.5:/ '0.8!KILL' &
session keyed 0.3:n $'0.5:\x1c\x13' 0.7:n 1.1:q &
session hangup 0.3:n 0.7@hangup &
session prompt 0.3:n 0.5:/ '0.8!TERM' &
session paused 0.3:n '0.5: ' 0.8:$'\x03' &
session halted 0.3:n 0.7:$'\x1a' 1.2@fg 1.6:n 2.0:q &
session background 0.3:$'\x1a' 0.6@bg 1.2:n 1.5@fg 1.9:q &
shim="LD_PRELOAD=$build/lib/deaf.so DEAF_AFTER=20 DEAF_HANGS=1" session dead &
session halted_killed 0.3:n 0.7:$'\x1a' '1.0!KILL' &
wait
for name in quit ctrl_c term hup kill core crash kill_prompt hangup prompt paused halted_killed; do
    is "place kept by $name" "$(kept $name)" "2 1"
done
ended quit "status 0"
for name in ctrl_c term hup prompt paused; do ended $name "status 130"; done
grep -qx "status 130" hangup/log || wrong "a terminal that goes away: $(tr '\n' ' ' <hangup/log)"
# Killed or crashed, it cannot give the terminal back; its guard does.
ended kill "signal 9"; ended kill_prompt "signal 9"; ended core "signal 3"; ended crash "signal 6"
# Ctrl-\ and Ctrl-S, slips of the hand, neither end nor halt it.
lands keyed 3 title3
ended keyed "status 0"
# Halted: the terminal is the shell's, nothing is heard; continued, the keys are ours again.
grep -qx "halted same" halted/log || wrong "halted: $(tr '\n' ' ' <halted/log)"
lands halted 4 title3
ended halted "status 0"
# In the background it is heard, and no key is its own; in the foreground again, the key that waited is.
[[ $(($(step background 3) - $(step background 2))) -gt 6000 ]] || wrong "nothing is heard in the background"
lands background 4 title2
ended background "status 0"
prints ctrl_c "dubao: interrupted; the next run goes on here"

# The next run goes on at the place, whatever the page is called, and a page that was heard is begun again.
mkdir renamed && cp page.md renamed/other.md
run 0 env HOME="$scratch/kill" "$dubao" play --driver raw -o resumed.raw renamed/other.md
is "where the next run begins" "$("$soundfind" resumed.raw title2.raw)" 0
is "place of a page that was heard" "$(ls kill/.local/state/dubao)" ""
run 0 env HOME="$scratch/kill" "$dubao" play --driver raw -o again.raw page.md
is "where the run after it begins" "$("$soundfind" again.raw title1.raw)" 0
run 0 env HOME="$scratch/term" "$dubao" play --driver raw -o start.raw --from-start page.md
is "where --from-start begins" "$("$soundfind" start.raw title1.raw)" 0
run 0 env HOME="$scratch/prompt" DUBAO_FROM_START=1 "$dubao" play --driver raw -o start.raw page.md
is "where DUBAO_FROM_START=1 begins" "$("$soundfind" start.raw title1.raw)" 0
# A word was changed: another page, and no place in it.
sed 's/大雨/小雨/' page.md >changed.md
run 0 env HOME="$scratch/hup" "$dubao" play --driver raw -o changed.raw changed.md
is "where a changed page begins" "$("$soundfind" changed.raw title1.raw)" 0
# On a terminal it says so.
HOME=$scratch/ctrl_c session ctrl_c 0.3:q
prints ctrl_c "goes on at article 2, sentence 1; --from-start begins at the beginning"

# --sleep: fades out over four seconds and ends; the place is kept.
run 0 env HOME="$scratch/sleeps" "$dubao" play --driver raw -o sleep.raw --sleep 2s page.md
near "frames until it sleeps" "$(($(stat -c %s sleep.raw) / 2))" $((6 * 22050)) 500
tail -c 400 sleep.raw | od -An -td2 -v | awk '{ for (i = 1; i <= NF; i++) if ($i > 300 || $i < -300) loud = 1 } END { exit loud }' || wrong "its last sound is loud"
"$dubao" play --remote --driver null --sleep 1s page.md </dev/null | tail -1 | grep -qF '"why":"sleep"' || wrong "the remote is not told of the sleep"
[[ -n $(kept sleeps) ]] || wrong "who fell asleep begins anew"
for time in 0 abc 5x -1m 1d 99999999999h 1h30; do
    run 64 "$dubao" play --driver null --sleep "$time" page.md
    one_sentence "--sleep $time"
done

# Several pages: the run goes on with the one where it stopped.
mkdir pages && cp page.md pages/1.md && printf '# 冬雪\n\n昨天北方下了大雪。\n' >pages/2.md && printf '# 元旦\n\n今天放假。\n' >pages/3.md
HOME=$scratch/several "$dubao" play --remote --driver null pages >said <<<$'Next\nNext\nNext\nStatus\nQuit'
is "pages gone through" "$(jq -sc '[.[] | select(.answer) | .page_number] | max' said)" 2
HOME=$scratch/several "$dubao" play --remote --driver null pages >said </dev/null
is "pages heard the next time" "$(jq -sc '[.[] | select(.event == "sentence") | .text]' said)" '["冬雪","昨天北方下了大雪。","元旦","今天放假。"]'
HOME=$scratch/several "$dubao" play --remote --driver null pages >said </dev/null
is "pages heard after that" "$(jq -sc '[.[] | select(.event == "sentence") | .text] | length' said)" 14

# Nowhere to keep a place: it is said once, and all of it is played.
run 0 env -u HOME -u XDG_STATE_HOME "$dubao" play --driver null page.md
one_sentence "no HOME"
run 0 env XDG_STATE_HOME=/proc/nothing "$dubao" play --driver null page.md
one_sentence "a state folder that cannot be"
run 0 env LD_PRELOAD="$build/lib/full_disk.so" DISK_BYTES=60 XDG_STATE_HOME="$scratch/full" "$dubao" play --driver null page.md
one_sentence "a full state folder"
says complained "the place in the page is not kept in the folder $scratch/full/dubao: "
# And then no other line says that the next run goes on there.
shim="XDG_STATE_HOME=/proc/nothing" session unkept 0.3:n 0.7:$'\x03'
prints unkept "dubao: interrupted"
ended unkept "status 130"
run 69 env LD_PRELOAD="$build/lib/deaf.so" DEAF_AFTER=20 DEAF_TIMES=99 XDG_STATE_HOME=/proc/nothing "$dubao" play --driver null page.md
is "said when a device is gone and no place is kept" "$(tail -1 complained)" "dubao: the sound device stopped taking sound"
# Two players at once: each keeps its place.
mkdir -p both
for i in 1 2 3 4; do printf '# 甲\n\n第%d天。\n\n# 乙\n\n下雨。\n' $i >both/$i.md; done
for i in 1 2 3 4; do HOME=$scratch/both "$dubao" play --remote --driver null both/$i.md <<<$'Next\nQuit' >/dev/null 2>both/complained.$i & done
wait
is "places of several players" "$(ls both/.local/state/dubao | wc -l) $(cat both/complained.*)" "4 "
# A damaged one is none.
mkdir -p damaged/.local/state/dubao
HOME=$scratch/damaged "$dubao" play --remote --driver null page.md >said <<<$'Next\nQuit'
for file in damaged/.local/state/dubao/*.place; do head -c 4000 /dev/urandom >"$file"; done
run 0 env HOME="$scratch/damaged" "$dubao" play --driver null page.md
is "said of a damaged place" "$(<complained)" ""

# A pipe that nobody reads: Ctrl-C ends it; one whose reader goes: a sentence, and the terminal is whole.
mkfifo unread
env --default-signal=INT "$dubao" play --driver raw -o unread page.md >said 2>complained </dev/null &
waiting=$!
sleep 0.4
kill -INT $waiting
status=0
wait $waiting || status=$?
is "status of a pipe that nobody reads, after Ctrl-C" "$status" 130
mkfifo left
timeout 20 head -c 20000 <left >/dev/null &
run 74 timeout -k 1 20 "$dubao" play --driver raw -o left page.md
one_sentence "a reader that goes"
wait
# A loudspeaker that is pulled out: it is looked for again; if it is gone, that is said.
run 0 env LD_PRELOAD="$build/lib/deaf.so" DEAF_AFTER=20 DEAF_TIMES=1 "$dubao" play --driver null page.md
run 69 env LD_PRELOAD="$build/lib/deaf.so" DEAF_AFTER=20 DEAF_TIMES=99 "$dubao" play --driver null page.md
one_sentence "a device that is gone"
is "said when a device is gone" "$(<complained)" "dubao: the sound device stopped taking sound; the next run goes on here"
# One that hangs: Ctrl-C ends it all the same, and without it, it is an error after a while.
shim="LD_PRELOAD=$build/lib/deaf.so DEAF_AFTER=20 DEAF_HANGS=1" session hanging '1.0!INT' &
wait
ended hanging "status 130"
ended dead "status 69"
# One that fails while somebody listens at a terminal: that is given back, and the place is kept.
shim="LD_PRELOAD=$build/lib/deaf.so DEAF_AFTER=60 DEAF_TIMES=99" session pulled 0.3:n &
# Halted while a line is being typed: the question is still there afterwards.
session halted_prompt 0.3:/ 0.6:$'\x1a' 1.0@fg 1.4:银行$'\r' 1.8:q &
wait
ended pulled "status 74"
is "place kept when the device fails" "$(kept pulled)" "2 1"
lands halted_prompt 4 bank
ended halted_prompt "status 0"
grep -qx "halted same" halted_prompt/log || wrong "halted in a question: $(tr '\n' ' ' <halted_prompt/log)"
prints dead "dubao: the sound device takes no sound any more; the next run goes on here"
for option in "=x" "dev" ","; do run 64 "$dubao" play --driver null --driver-option "$option" page.md; done
run 0 "$dubao" play --driver null --driver-option debug=0 page.md

# Keys of one's own; a wrong table is named with its line.
mkdir -p config/dubao
printf 'quit\tx\nnext-article\t张\n' >config/dubao/keys
session own 0.3:张 0.6:q 0.9:x
lands own 1 title2
ended own "status 0"
printf 'quit\tx\ndance\ty\n' >config/dubao/keys
run 64 "$dubao" play --driver null page.md
says complained "keys:2: "
rm config/dubao/keys

# The words of the page on standard input, the keys from the terminal.
mkdir -p piped
HOME=$scratch/piped "$listen" piped/pipe piped/heard piped/typed 0.3:n 0.8:q -- bash -c 'cat page.md | "$0" play --driver raw -o piped/pipe -' "$dubao" >piped/log
lands piped 1 title2
ended piped "status 0"
# Gone back to from the page behind it, they are there again.
mkdir -p again
HOME=$scratch/again "$listen" again/pipe again/heard again/typed 0.3:n 0.6:n 0.9:n 1.3:p 1.8:q -- \
    bash -c 'cat page.md | "$0" play --driver raw -o again/pipe - pages/3.md' "$dubao" >again/log
lands again 4 title3
ended again "status 0"
median_is_prompt
finish
