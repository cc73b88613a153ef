# --tui: what is on the screen, resizing, typing, every way out; the terminal is left as it was found.
. "$(dirname "$0")/../support/e2e.bash"
. "$source/tests/support/play.bash"
listeners_page page.md
listeners_samples
printf '# %s\n\n%s\n' "$(printf '长%.0s' {1..300})" "$(printf '很长的句子，%.0s' {1..300})" >long.md

session seen 0.3:n 0.7@16x40 1.2:'[' 1.6:q -- --tui &
session lists 0.3:? 0.9:l 1.4:3$'\r' 1.9:x 2.3:q -- --tui &
session typing 0.3:/ 0.6:银行$'\r' 1.0:g 1.3:2$'\r' 1.7:b 2.0:q -- --tui &
session asked 0.3:/ '0.6!TERM' -- --tui &
session ctrl_c 0.4:$'\x03' -- --tui &
session hup '0.4!HUP' -- --tui &
session killed '0.4!KILL' -- --tui &
session halted 0.3:$'\x1a' 0.6@fg 0.9:n 1.3:q -- --tui &
page=long.md session tiny 0.2@1x1 0.4@2x3 0.6@8x8 0.8@3x200 1.0@200x7 1.2:q -- --tui &
wait
# The screen is entered and left as often, and nothing comes behind it but our own sentence.
for name in seen lists typing asked ctrl_c hup killed halted tiny; do
    is "screens entered and left by $name" "$(grep -aoF $'\e[?1049h' $name/typed | wc -l)" "$(grep -aoF $'\e[?1049l' $name/typed | wc -l)"
done
ended seen "status 0"; ended typing "status 0"; ended halted "status 0"; ended tiny "status 0"
ended killed "signal 9"; ended asked "status 130"; ended ctrl_c "status 130"; ended hup "status 130"
grep -qx "halted same" halted/log || wrong "halted: $(tr '\n' ' ' <halted/log)"
lands seen 1 title2
lands typing 2 bank
lands typing 4 title2
lands halted 3 title2
for words in 春天来了 夏天的雨 公园里的花开了 'article 2 of 3, sentence 1' 'rate 90 %'; do
    grep -aqF -- "$words" seen/typed || wrong "'$words' is not on the screen"
done
# Lists stand there whole.
for words in 'space 5: pause and go on' '? h: list the keys' '2  夏天的雨' 'x does nothing; ? lists the keys'; do
    grep -aqF -- "$words" lists/typed || wrong "'$words' is not on the screen"
done
lands lists 3 title3
ended lists "status 0"
# After the window became smaller, the bar is as wide as it.
grep -aqE '(^|[^-#])[-#]{40}([^-#]|$)' seen/typed || wrong "no bar of 40 columns"
grep -aqF 'no bookmark' typing/typed || wrong "what a key says is not on the screen"

run 64 "$dubao" play --tui --driver null page.md
one_sentence "--tui without a terminal"
run 64 "$dubao" play --tui --remote --driver null page.md
one_sentence "--tui and --remote"
TERM=none-such session unknown -- --tui
ended unknown "status 64"
grep -q "leave --tui out" unknown/lines || wrong "an unknown terminal: $(<unknown/lines)"
TERM=dumb session dumb -- --tui
ended dumb "status 64"
median_is_prompt
finish
