# The keys of play, typed at a real pseudo-terminal; what each did is looked for in the sound that the loudspeaker played, in frames.
. "$(dirname "$0")/../support/e2e.bash"
. "$source/tests/support/play.bash"
listeners_page page.md
listeners_samples
long_page long.md
esc=$'\e'

# Sentences, paragraphs, articles: the keys of the table, the cursor keys, the number pad with and without NumLock.
session moving "0.4:${esc}[C" "0.8:${esc}[C" "1.2:${esc}[D" "1.6:${esc}[B" "2.0:n" "2.4:${esc}[A" "2.8:p" "3.2:${esc}[6~" "3.6:${esc}[6~" "4.0:${esc}[5~" \
    "4.4:r" 4.8:q &
session pad 0.4:6 0.8:6 1.2:4 1.6:2 2.0:8 2.4:3 2.8:3 3.2:9 "3.6:${esc}Ox" "4.0:${esc}OB" "4.4:7" 4.8:q &
# Pause: nothing is heard; a jump in a pause is shown, and heard when it goes on. The rest of the number pad.
session pausing "0.8: " "1.4: " 1.8:5 "2.2:${esc}[B" 2.6:5 "3.0:${esc}[E" 3.4:q &
# The number pad alone: Enter lists and takes a number, - and + change the rate, * the voice, . sets a bookmark, 0 tells; 0 for an article ends.
session pad_alone 0.3:$'\r' 0.6:3$'\r' 1.0:- 1.2:+ 1.4:. 1.6:"${esc}OM" 1.9:2$'\r' 2.3:0 3.3:'*' 3.6:$'\r' 3.9:0$'\r' &
session pad_spells 0.3:1 1.8:q &
# In the first moments of a page so long that not all of it is read yet.
page=long.md session early 0:n 1.8:g 2.4:600$'\r' 2.8:t 4.4:q &
# Caps Lock, an input method in its full-width state, a key that is none, and one whose bytes come apart.
session slips 0.4:N 0.8:ｎ 1.2:x "1.5:${esc}" '1.7:[A' 2.1:【 2.4:】 2.7:Q &
# Rate and voice, from the next syllable on; the pace of what follows.
session voices "0.3:${esc}[C" "0.7:]" "1.1:r" "1.5:${esc}OC" "1.9:[" "2.3:+" "2.7:-" "3.1:"$'\x7f' "3.5:r" 3.9:v 4.3:r 4.7:q &
# Questions: a line is typed with the terminal's own editing; nothing is heard meanwhile, and an empty line wants nothing.
session asking 0.4:g 0.7:2$'\r' 1.0:l 1.3:3$'\r' 1.6:/ 1.9:银花$'\x7f'行$'\r' 2.2:m 2.4:m 2.6:g 2.8:$'\r' 3.0:g 3.2:99$'\r' 3.4:g 3.6:x$'\r' 3.8:n \
    4.1:b 4.4:1$'\r' 4.7:/ 5.0:没有$'\r' 5.3:g 5.5:$'\x04' 5.7:? 6.0:q &
# What the player says itself; in a pause it is heard too, and the pause goes on behind it.
session telling 0.3:t 2.9:q &
session told_paused '0.3: ' 0.6:t "1.0:${esc}[C" '1.8: ' 2.2:q &
# Esc, a key that begins with it, and an empty line cancel a question; what was typed is no key.
session cancelling 0.4:g 0.6:"2${esc}" 0.8:/ "1.0:n${esc}[B" 1.3:g 1.5:$'\r' 1.8:n 2.2:q &
session spelling 0.3:s 1.8:q &
printf '# 好\n\n今天晴。\n' >short.md
page=short.md session still 0.1:' ' 0.3:s 3.0:' ' 3.4:q &
wait
begun=$(cat ./*/log | sed -n 's/^begun //p' | sort -n | head -1)
echo "the first sound came $begun ms after the start"
[[ $begun -le 3000 ]] || wrong "the first sound comes $begun ms after the start" # 100 are promised; tests/bench/play measures them
lands moving 1 flowers; lands moving 2 queue; lands moving 3 flowers; lands moving 4 title2; lands moving 5 title3
lands moving 6 title2; lands moving 7 title1; lands moving 8 flowers; lands moving 9 bank; lands moving 10 flowers; lands moving 11 flowers
ended moving "status 0"
lands pad 1 flowers; lands pad 2 queue; lands pad 3 flowers; lands pad 4 title2; lands pad 5 title1; lands pad 6 flowers
lands pad 7 bank; lands pad 8 flowers; lands pad 9 title1; lands pad 10 title2; lands pad 11 title2
ended pad "status 0"

lands pad_alone 2 title3; lands pad_alone 7 title2
for line in "rate 90 %" "rate 100 %" "bookmark 1: article 3, sentence 1" "3  秋天的书" ends; do prints pad_alone "$line"; done
grep -q '^voice ' pad_alone/lines || wrong "* changes no voice"
grep -q '^article 2 of 3: 夏天的雨; left: ' pad_alone/lines || wrong "0 tells nothing: $(<pad_alone/lines)"
ended pad_alone "status 0"
lands early 1 title2 $((22050 * 16 / 10)) # while all the others begin, and before the next key
grep -q '^article 600 of 700: 第600个消息' early/lines || wrong "article 600: $(<early/lines)"
ended early "status 0"
lands slips 1 title2; lands slips 2 title3; lands slips 5 title2
prints slips "? lists the keys"
prints slips "x does nothing; ? lists the keys"
prints slips "rate 90 %"
ended slips "status 0"

# What is played after the key for a pause, until the next key, is what lay in the pipe.
for pair in "1 2" "3 5" "6 7"; do
    heard=$(($(step pausing "${pair#* }") - $(step pausing "${pair% *}")))
    [[ $heard -le $allowed_frames ]] || wrong "the pause of step ${pair% *} begins after $heard frames"
    delays+=("$heard")
done
lands pausing 5 title2
prints pausing paused
prints pausing "goes on"
ended pausing "status 0"

sample quick 'Rate 1.1\nSentence 2'
lands voices 3 quick
prints voices "rate 110 %"
prints voices "rate 100 %"
lands voices 9 queue
next=$(sed -n 's/^voice //p' voices/lines)
sample other 'Sentence 3' -v "$next"
lands voices 11 other
ended voices "status 0"

lands asking 2 title2; lands asking 4 title3; lands asking 6 bank; lands asking 15 title2; lands asking 17 bank
for line in "number of the article, 0 to end, Enter for none:" "2  夏天的雨  (here)" "bookmark 1: article 1, sentence 4" "bookmark 1 is here already" \
    "there are 3 articles" "x is no number" "1  article 1, sentence 4: 银行行长张伟说，今年的收入会超过去年。" "not found: 没有" \
    "left 4: previous sentence"; do
    grep -qF -- "$line" asking/lines || wrong "asking: no line '$line'"
done
[[ $(grep -c '^[^ ].*: ' asking/lines) -gt 18 ]] || wrong "the help does not list the keys"
ended asking "status 0"
sample told Tell
sample spelled Spell
page=short.md sample good Spell
page=short.md sample title ''
lands telling 1 told
ended telling "status 0"
[[ $(($(step told_paused 4) - $(step told_paused 3))) -le $allowed_frames ]] || wrong "a jump in a pause, while the player speaks, ends the pause"
lands told_paused 4 flowers
prints told_paused "goes on"
is "questions cancelled" "$(grep -cx cancelled cancelling/lines)" 3
lands cancelling 7 title2
ended cancelling "status 0"
lands spelling 1 spelled
lands pad_spells 1 spelled
ended pad_spells "status 0"
prints spelling 春，春秋的春。
ended spelling "status 0"
lands still 2 good
heard=$(($(step still 3) - $(step still 2)))
[[ $heard -lt $((22050 * 24 / 10)) ]] || wrong "the pause ends with the spelling: $heard frames in 2.7 s"
lands still 3 title
ended still "status 0"
median_is_prompt
finish
