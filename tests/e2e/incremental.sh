# A second run writes nothing; what has changed is rendered, and that only; files are whole or made again.
. "$(dirname "$0")/../support/e2e.bash"

# Inode and time of last change of every file: a file that was written again has others.
state() { stat -c '%n %i %y' "$1"/* | sort; }
export_page() { run "${1:-0}" "$dubao" export -o out "${@:2}" page.md; }

three_articles page.md
export_page
says complained "3 articles written"
state out >first
export_page
says complained "nothing has changed"
says complained "3 articles lie in out"
state out | cmp -s - first || wrong "a second run wrote something"
is "files a second run left" "$(ls -A out | wc -l)" 4

sed -i 's/星期天/星期六/' page.md
export_page
says complained "1 article written"
is "files written after one article changed" "$(state out | comm -13 first - | cut -d' ' -f1 | tr '\n' ' ')" "out/edition.json out/page-02.wav "
says out/edition.json 星期六
tidy out

# A heading that is no longer there takes its file along.
sed -i '/冬雪/,$d' page.md
export_page
[[ ! -e out/page-03.wav ]] || wrong "the file of an article that is gone stays"
tidy out
says complained "2 unchanged"

state out >before
for broken in "rm out/page-01.wav" "truncate -s 20000 out/page-01.wav" "truncate -s 0 out/page-01.wav" "cp page.md out/page-01.wav"; do
    $broken
    export_page
    says complained "1 article written"
    is "files written after: $broken" "$(state out | comm -13 before - | cut -d' ' -f1 | tr '\n' ' ')" "out/page-01.wav "
    tidy out
    state out >before
done
for format in bwf rf64 flac ogg opus mp3; do
    run 0 "$dubao" export -o "$format" -f "$format" page.md
    file=$(ls "$format"/page-01.*)
    size=$(stat -c %s "$file")
    truncate -s $((size * 2 / 3)) "$file"
    run 0 "$dubao" export -o "$format" -f "$format" page.md
    says complained "1 article written"
    tidy "$format"
done

# Every setting that is heard renders anew; -j is not heard.
export_page 0 -j 3
says complained "nothing has changed"
export_page 0 -v woman
says complained "2 articles written"
export_page 0 -v woman --loudness -20
says complained "2 articles written"
export_page 0 -v woman --loudness -20
says complained "nothing has changed"
# Other words of the language: data is a part of the key.
cp -r "$(readlink -f "$build/share/dubao/voices")" voices
ln -s "$(readlink -f "$build/share/dubao/lexicon.bin")" lexicon.bin
sed -i 's/^clause\tclause\t220/clause\tclause\t300/' voices/mandarin/pauses.tsv
run 0 env DUBAO_DATA="$scratch" "$dubao" export -o out -v woman --loudness -20 page.md
says complained "2 articles written"

# An edition.json that is damaged or another program's: everything is made again, and whole.
for damage in 's/"frames":[0-9]*/"frames":7/' 's/"key":"/"key":"0/' 's/,"sentences":\[$/,"sentences":[]/' 's/"start_s"/start_s"/' '$d' 's/^/# /'; do
    sed -i "$damage" out/edition.json
    export_page
    tidy out
    holds '.articles | length == 2' out/edition.json
done
jq . out/edition.json >pretty
cp pretty out/edition.json
export_page
says complained "2 articles written"
tidy out
# What was not ours stays, with our folder's other contents.
echo mine >out/notes.txt
echo mine >out/other.wav
export_page
is "foreign files" "$(cat out/notes.txt out/other.wav)" $'mine\nmine'
finish
