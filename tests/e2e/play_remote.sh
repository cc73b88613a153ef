# The remote of play: every command, its answer, what it makes heard.
. "$(dirname "$0")/../support/e2e.bash"
. "$source/tests/support/play.bash"
listeners_page page.md

# In real time, on a machine that has too much to do, and looked at at the end.
for ((i = 2 * $(nproc); i > 0; i--)); do timeout 5 sh -c 'while :; do :; done' & done
printf '# 雨\n\n今天下雨。明天晴。\n\n# 雪\n\n后天下雪。\n' >rain.md
page=rain.md session real -- --remote -j 1 &

# remote LINE...: the lines, all there before the first sound; the answers in ./said. The place that an earlier run kept is gone.
remote() {
    rm -rf .local
    printf '%s\n' "$@" | "$dubao" play --remote --driver null page.md >said 2>complained || wrong "status $? of the remote: ${*:1:3} ..."
    jq -e . said >/dev/null || wrong "no JSON lines: $(<said)"
}
# answer N FILTER: the Nth answer
answer() { jq -sc "[.[] | select(.answer or .error)][$1 - 1] | $2" said; }
# events FILTER
events() { jq -sc "[.[] | select(.event)] | $1" said; }

# Nothing asked for: each sentence is an event, and the end.
remote ''
is "sentences" "$(events '[.[] | select(.event == "sentence") | [.article, .sentence]]')" '[[1,1],[1,2],[1,3],[1,4],[1,5],[2,1],[2,2],[2,3],[3,1],[3,2]]'
is "roles" "$(events '[.[] | select(.event == "sentence") | .role] | unique')" '["body","title"]'
is "the last event" "$(events '.[-1] | [.event, .why]')" '["end","end"]'

remote Pause NextSentence NextSentence PreviousSentence NextParagraph PreviousParagraph Next Next Next Previous 'Article 1' 'Sentence 4' 'Article 9' \
    'Sentence 99' Status Quit
place='[.done, .article, .sentence]'
at() { is "place after command $1" "$(answer "$1" "$place")" "$2"; }
is "state" "$(answer 1 .state)" '"paused"'
at 2 '[true,1,2]'; at 3 '[true,1,3]'; at 4 '[true,1,2]'; at 5 '[true,1,4]'; at 6 '[true,1,2]'; at 7 '[true,2,1]'; at 8 '[true,3,1]'
at 9 '[false,3,1]'; at 10 '[true,2,1]'; at 11 '[true,1,1]'; at 12 '[true,1,4]'; at 13 '[false,1,4]'; at 14 '[false,1,4]'; at 15 '[true,1,4]'
is "the end's why" "$(events '.[-1].why')" '"quit"'
is "names stay as they are asked for" "$(answer 7 .answer)" '"Next"'

# The same names in any case; what stands behind them.
remote pause 'seek 3' 'SetPosition 0' 'search 银行' 'Search 没有的词' 'Stop' 'PlayPause' 'Status' quit
at 2 '[true,1,2]'; at 3 '[true,1,1]'; at 4 '[true,1,4]'; at 5 '[false,1,4]'; at 6 '[true,1,1]'
is "state after Stop" "$(answer 6 .state)" '"stopped"'
is "state after PlayPause" "$(answer 7 .state)" '"playing"'
remote Pause Play Repeat 'Rate 1.5' Faster Slower Normal 'Rate 99' 'Volume 0.25' 'Volume 7' 'Voice slow' 'Voice nobody' NextVoice Quit
is "rates" "$(jq -sc '[.[] | select(.answer) | .rate][3:8]' said)" '[1.5,1.6,1.5,1,2.2]'
is "volumes" "$(jq -sc '[.[] | select(.answer) | .volume][8:10]' said)" '[0.25,1]'
is "voices" "$(jq -sc '[.[] | select(.answer) | [.done, .voice]][10:12]' said)" '[[true,"slow"],[false,"slow"]]'
is "what is said of a voice that is none" "$(events '[.[] | select(.event == "message") | .text | select(contains("voice"))][1:2] | map(contains("nobody"))')" '[true]'
[[ $(answer 13 .voice) != '"slow"' ]] || wrong "NextVoice keeps the voice"

# Lists, bookmarks.
remote Pause List Bookmarks 'Article 2' Bookmark Bookmark 'Article 1' 'Sentence 3' Bookmark Bookmarks 'GoToBookmark 1' 'GoToBookmark 7' Help Quit
is "titles" "$(answer 2 '[.list[].title]')" '["春天来了","夏天的雨","秋天的书"]'
is "no bookmarks" "$(answer 3 .list)" '[]'
is "the same bookmark twice" "$(answer 6 .done)" false
is "bookmarks" "$(answer 10 '[.list[] | [.article, .sentence, .text]]')" '[[2,1,"夏天的雨"],[1,3,"早上八点，门口已经排起了长队。"]]'
at 11 '[true,2,1]'
at 12 '[false,2,1]'
is "commands" "$(answer 13 '.list | length')" "$(grep -cE '^ +\[ACT_' "$source/src/player/acts.c" | awk '{ print $1 - 1 }')"

# What the player says itself, and then the sentence again.
remote 'Search 大家' Spell
is "spelled" "$(events '[.[] | select(.event == "aside") | .text]')" '["大，大学的大。","家，国家的家。","都，首都的都。","很，很多的很。","高，提高的高。","兴，高兴的兴。"]'
is "then the sentence" "$(events 'map(select(.event == "sentence"))[0].text')" '"大家都很高兴。"'
remote 'Search 银行' Spell
events '.[] | select(.event == "aside").text' | grep -q 张，弓长张 || wrong "张 is not spelled as a name"
# In a pause it is heard too, and what is asked for meanwhile leaves the pause as it is.
for aside in Tell Spell; do
    for command in NextSentence 'Article 2' 'Rate 1.2' Repeat; do
        remote Pause $aside "$command" Status Quit
        is "state after $aside and $command in a pause" "$(answer 3 .state) $(answer 4 .state)" '"paused" "paused"'
    done
done
remote Stop Next Tell Previous Pause Play Status Quit
is "states from Stop to Play" "$(jq -sc '[.[] | select(.answer) | .state][:6]' said)" '["stopped","stopped","stopped","stopped","stopped","playing"]'
remote Tell
[[ $(events '[.[] | select(.event == "aside").text] | add') =~ ^\"第1篇，共3篇。春天来了。这篇还剩[0-9]+秒，这版还剩[0-9]+秒。\"$ ]] || wrong "told: $(events '[.[] | select(.event == "aside").text]')"

# What is none: an answer, and it goes on.
remote Nonsense 'Article' 'Article x' 'Article -1' 'Rate' 'Rate fast' 'Rate nan' 'Search' '' 'Seek inf' $'\xff\xfe' "$(printf 'a%.0s' {1..10000})" Status
is "errors" "$(jq -sc '[.[] | select(.error)] | length >= 11' said)" true
is "what they want" "$(jq -sc '[.[] | select(.error) | .error] | [.[1], .[2], .[5], .[7], .[8]]' said)" '["Article wants the number of an article behind it","Article wants the number of an article, not '"'x'"'","Rate wants a number, 1 for the usual rate, not '"'fast'"'","Search wants words behind it","Seek wants a number of seconds, not '"'inf'"'"]'
is "it goes on after them" "$(events '.[-1].why')" '"end"'

# A line that is longer than any command is one error, however long.
{ head -c 300000 /dev/zero | tr '\0' 'a'; printf '\nStatus\nQuit\n'; } | "$dubao" play --remote --driver null page.md >said || wrong "a long line ends it"
is "answers to a long line" "$(jq -sc '[.[] | select(.answer or .error) | .error // .answer]' said)" '["the line is too long","Status","Quit"]'
# When nobody is there to let it go on, a pause is the end, and the place is kept; otherwise it plays to the end.
rm -rf .local
printf 'Next\nPause\n' | timeout 20 "$dubao" play --remote --driver null page.md >said || wrong "a pause without a remote does not end"
is "how it ends" "$(events '.[-1].why')" '"quit"'
printf 'Status' | timeout 20 "$dubao" play --remote --driver null page.md >said || wrong "a remote that goes ends it badly"
is "a line without its end" "$(answer 1 '[.answer, .article]')" '["Status",2]'
is "how it ends" "$(events '.[-1].why')" '"end"'
printf '# 天\n\n今天晴。去年GDP增长。\n' >latin.md
printf 'Pause\nSearch gdp\nQuit\n' | "$dubao" play --remote --driver null latin.md >said
is "what is found in another case" "$(answer 2 '[.done, .sentence]')" '[true,3]'
# A page without a headline is called by its first words.
printf '今天天气很好，%.0s' {1..400} >nameless.md
printf 'Status\nQuit\n' | "$dubao" play --remote --driver null nameless.md >said
is "characters of its title" "$(jq -sc '.[] | select(.answer == "Status") | .title | length' said)" 61

# A rate is heard, and the pitch is the voice's own: the sound is shorter.
printf 'Rate 2\n' | "$dubao" play --remote --from-start --driver raw -o fast.raw page.md >said
"$dubao" play --from-start --driver raw -o normal.raw page.md </dev/null
normal=$(stat -c %s normal.raw) fast=$(stat -c %s fast.raw)
[[ $((fast * 100 / normal)) -ge 45 && $((fast * 100 / normal)) -le 62 ]] || wrong "twice the rate takes $((fast * 100 / normal)) % of the time"

# Pages: behind the last article comes the next page, before the first one the page before, at its last article. One that cannot be read is named, and
# the others are heard; so is an empty one.
mkdir pages
cp page.md pages/1.md; head -c 3000 /dev/urandom >pages/2.md; : >pages/3.md; printf '# 元旦\n\n今天放假。\n' >pages/4.md
printf '%s\n' Pause 'Article 3' Next Previous Status Quit | "$dubao" play --remote --driver null pages/1.md pages/4.md >said
is "the page before" "$(answer 5 '[.page_number, .article, .sentence]')" '[1,3,1]'
printf '%s\n' Pause 'Article 3' Next Previous Status Quit | "$dubao" play --from-start --remote --driver null pages >said 2>complained && wrong "status 0 with pages that cannot be read"
is "the page before those that cannot be read" "$(answer 5 '[.page_number, .article, .sentence]')" '[1,3,1]'
rm -rf .local
run 65 "$dubao" play --driver raw -o pages.raw pages
says complained "2.md cannot be read"; says complained "3.md holds no word"
run 0 "$dubao" play --driver raw -o pages14.raw pages/1.md pages/4.md
cmp pages.raw pages14.raw || wrong "pages that cannot be read take others with them"

# Without a device the remote is told what its person is told, and that this is the end.
run 69 "$dubao" play --remote --driver oss page.md
is "events without a device" "$(jq -sc '[.[] | .event]' said) $(jq -s '.[1].why' said)" '["error","end"] "error"'
is "what the remote is told" "dubao: $(jq -r 'select(.event == "error").text' said)" "$(<complained)"
# Standard input can be only one of both.
run 64 "$dubao" play --remote --driver null -
says complained "standard input"
one_sentence "--remote -"
# Who stops listening to the answers stops no sound.
rm -rf .local
printf 'Status\nStatus\n' | { "$dubao" play --remote --driver raw -o deaf.raw page.md || echo $? >deaf; } | head -c 1 >/dev/null
is "sound beside answers that nobody reads" "$(stat -c %s deaf.raw)" "$normal"

# In real time, one sentence a worker at a time: no gap between what the workers make.
wait
gap=$(sed -n 's/^starved //p' real/log)
echo "longest gap in real time, at -j 1 beside two busy loops a core: $gap ms"
[[ $gap -le 150 ]] || wrong "a gap of $gap ms" # 20 are promised; tests/bench/play measures them
tail -1 real/lines | grep -q '"why":"end","gaps":0}' || wrong "gaps in real time: $(tail -1 real/lines)"
finish
