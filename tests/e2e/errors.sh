# Each thing that can go wrong for the person at the keyboard: its exit status, one clear sentence on standard error, nothing left behind.
. "$(dirname "$0")/../support/e2e.bash"
three_articles page.md

# fails STATUS WORDS COMMAND...: that status, one sentence with these words, no sound, no temporary file
fails() {
    local status=$1 words=$2
    shift 2
    rm -rf out
    run "$status" "$@"
    one_sentence "$*"
    says complained "$words"
    [[ -z $(find . -name '*.wav' -o -name '.dubao-part-*') ]] || wrong "left behind by $*: $(find . -name '*.wav' -o -name '.dubao-part-*')"
}

# 64 usage
fails 64 "which command" "$dubao"
fails 64 "no command 'exprot'" "$dubao" exprot page.md
fails 64 "wants a page" "$dubao" export
fails 64 "wants a page" "$dubao" play
fails 64 "wants a page" "$dubao" inspect --json
fails 64 "no option '--foo'" "$dubao" export --foo page.md
fails 64 "no option '-z'" "$dubao" export -zq page.md
fails 64 "no option '-z'" "$dubao" export -qz page.md
fails 64 "no option '--driver" "$dubao" export --driver=null page.md
fails 64 "wants a value" "$dubao" export page.md -o
fails 64 "wants a value" "$dubao" export page.md -o ''
fails 64 "no voice 'nobody'; there are: dialogue, fast, man, pair, slow, woman" "$dubao" export -v nobody page.md
fails 64 "no voice '../man'" "$dubao" export -v ../man page.md
fails 64 "no voice 'nobody'" "$dubao" play --driver null -v nobody page.md
fails 64 "no format 'aac'; there are: wav, bwf, rf64, flac, ogg, opus, mp3" "$dubao" export -f aac page.md
fails 64 "no preset 'loud'" "$dubao" export --preset loud page.md
fails 64 "from 1 to 64, not '0'" "$dubao" export -j 0 page.md
fails 64 "from 1 to 64, not '2.5'" "$dubao" export -j 2.5 page.md
fails 64 "not 'nan'" "$dubao" export --loudness nan page.md
fails 64 "no sound driver 'gramophone'" "$dubao" play --driver gramophone page.md
fails 64 "name it with --output" "$dubao" play --driver wav page.md
fails 64 "DUBAO_JOBS wants a number" env DUBAO_JOBS=many "$dubao" export page.md
mkdir -p config/dubao
printf '# mine\n\nvoice = woman\nspeed 3\n' >config/dubao/config
fails 64 "config/dubao/config:4: there is no setting 'speed'" "$dubao" export page.md
printf 'jobs\n' >config/dubao/config
fails 64 "config/dubao/config:1 wants a number" "$dubao" export page.md
printf '\nvoice xx\n' >config/dubao/config
for command in export "play --driver null"; do fails 64 "config/dubao/config:2: there is no voice 'xx'; there are: " "$dubao" $command page.md; done
printf 'driver-option dev\n\ndriver gramophone\n' >config/dubao/config
fails 64 "config/dubao/config:1 wants KEY=VALUE,KEY=VALUE, not 'dev'" "$dubao" play page.md
fails 64 "dubao: --driver-option wants KEY=VALUE,KEY=VALUE, not '='" "$dubao" play --driver-option = page.md
fails 64 "config/dubao/config:3: there is no sound driver 'gramophone'" "$dubao" play --driver-option debug=0 page.md
fails 64 "dubao: there is no sound driver 'horn'" "$dubao" play --driver-option debug=0 --driver horn page.md
printf 'driver wav\n' >config/dubao/config
fails 64 "config/dubao/config:1: the driver wav writes a file" "$dubao" play page.md
printf 'preset loud\n' >config/dubao/config
fails 64 "config/dubao/config:1: there is no preset 'loud'" "$dubao" export page.md
printf 'from-start maybe\n' >config/dubao/config
fails 64 "config/dubao/config:1 wants yes or no, not 'maybe'" "$dubao" play --driver null page.md
rm config/dubao/config
# The source is named, not the flag that would say the same.
fails 64 "DUBAO_FROM_START wants yes or no, not 'maybe'" env DUBAO_FROM_START=maybe "$dubao" play --driver null page.md
fails 64 "DUBAO_SLEEP wants a time" env DUBAO_SLEEP=x "$dubao" play --driver null page.md
fails 64 "--sleep wants a time" env DUBAO_SLEEP=20m "$dubao" play --sleep x --driver null page.md
fails 64 "DUBAO_ARTICLES 9: page.md has 3 articles" env DUBAO_ARTICLES=9 "$dubao" export page.md
fails 64 "DUBAO_DATE wants a date" env DUBAO_DATE=today "$dubao" export page.md
fails 64 "DUBAO_PRESET: there is no preset 'loud'" env DUBAO_PRESET=loud "$dubao" export page.md
fails 64 "DUBAO_STYLE: there is no style 'loud'" env DUBAO_STYLE=loud "$dubao" export page.md
fails 64 "--articles wants numbers and ranges, such as 2,5-7, not ','" "$dubao" export --articles , page.md
says_not complained "not ''"

# 65 no text, or no words
head -c 4000 "$dubao" >binary.md
: >empty.md
fails 65 "binary.md" "$dubao" export binary.md
fails 65 "binary.md" "$dubao" play --driver null binary.md
fails 65 "binary.md" "$dubao" inspect binary.md
# Pages that cannot be read keep no other from being shown; each is named, and the status is that of the first, as in an export.
run 65 "$dubao" inspect --json binary.md page.md nowhere.md page.md
says complained "binary.md"
says complained "nowhere.md"
is "articles of the pages that can be read" "$(jq -r '[.articles[].page] | unique | join(" ")' said)" page.md
fails 65 "binary.md" "$dubao" text binary.md
fails 65 "binary.md" "$dubao" pinyin --json binary.md
fails 65 "holds no word to read" "$dubao" play --driver null empty.md
printf '……！\n' >marks.md
fails 65 "holds no word to read" "$dubao" play --driver null marks.md
run 65 "$dubao" export empty.md
says complained "holds no word to read"
# Our own data: the file and line.
cp -r "$(readlink -f "$build/share/dubao/voices")" voices
ln -s "$(readlink -f "$build/share/dubao/lexicon.bin")" lexicon.bin
echo 'volume	loud' >>voices/man.voice
fails 65 "man.voice:$(wc -l <voices/man.voice): volume wants a number from 1 to 100" env DUBAO_DATA="$scratch" "$dubao" export page.md
printf 'sentence\tlong\n' >voices/mandarin/pauses.tsv
fails 65 "pauses.tsv:1:" env DUBAO_DATA="$scratch" "$dubao" export page.md
rm -r voices/mandarin
fails 65 "voices/mandarin" env DUBAO_DATA="$scratch" "$dubao" text page.md

# 66 no such input
mkdir nothing
touch nothing/picture.png nothing/.hidden.md
for command in export "play --driver null" inspect; do
    fails 66 "cannot open missing.md" "$dubao" $command missing.md
    fails 66 "nothing holds no page" "$dubao" $command nothing
done
fails 66 "missing.txt" "$dubao" text missing.txt
fails 66 "nothing is a folder" "$dubao" pinyin nothing
# One of several pages is wrong: the others are read.
run 65 "$dubao" export -o out binary.md page.md
says complained binary.md
is "articles of the other page" "$(jq '.articles | length' out/edition.json)" 3
run 66 "$dubao" export -o out missing.md page.md
says complained missing.md
is "articles of the page that is there" "$(jq '.articles | length' out/edition.json)" 3
# A night without any page that can be read does not take the edition of the night before away.
run 65 "$dubao" export -o out empty.md
is "articles of the night before" "$(jq '.articles | length' out/edition.json)" 3
tidy out
# A pipe in a folder of pages would be waited for without end.
mkdir pages
cp page.md pages
mkfifo pages/a.md
run 0 timeout 60 "$dubao" export -o out pages
is "articles beside a pipe" "$(jq '.articles | length' out/edition.json)" 3
tidy out

# 69 the synthesiser, the sound device
fails 69 "sound device" "$dubao" play page.md
fails 69 "sound device" "$dubao" play --driver oss page.md
fails 69 "espeak-ng" env ESPEAK_DATA_PATH="$scratch/nothing" "$dubao" export page.md

# 73 the output cannot be created
fails 73 "cannot create the folder page.md/out" "$dubao" export -o page.md/out page.md
fails 73 "page.md" "$dubao" export -o page.md page.md
fails 73 "/proc/dubao" "$dubao" export -o /proc/dubao page.md
fails 73 "no/such.wav" "$dubao" play --driver wav -o no/such.wav page.md
# Root may write anywhere, unless it gives that power up. (Another user could not, but need not be able to read the checkout either.)
mkdir -m 555 locked
bound() { "$@"; }
if [[ $(id -u) -eq 0 ]]; then bound() { setpriv --bounding-set=-dac_override,-dac_read_search "$@"; }; fi
fails 73 "cannot write into the folder locked" bound "$dubao" export -o locked page.md
fails 73 "cannot create the folder locked/deep" bound "$dubao" export -o locked/deep page.md
# Another dubao works there; when it is gone the folder is free.
mkdir busy
exec 9<busy
flock 9
fails 73 "another dubao is writing" "$dubao" export -o busy page.md
exec 9<&-
run 0 "$dubao" export -o busy page.md

# 74 the answer itself cannot be written
for command in voices "inspect page.md" "text page.md" "pinyin --json page.md" "export --help" --version; do
    got=0
    "$dubao" $command >/dev/full 2>complained || got=$?
    is "status of $command on a full device" "$got" 74
    one_sentence "$command on a full device"
done
# A limit on the size of files is a full disk, not a signal that kills.
got=0
(ulimit -f 20 && exec "$dubao" export -q -o out page.md) 2>complained || got=$?
is "status over the limit of a file's size" "$got" 74
one_sentence "over the limit of a file's size"
# What is left of a killed run goes; a name that only looks like it stays.
touch busy/.dubao-part-page-09.wav busy/.dubao-party
run 0 "$dubao" export -o busy page.md
is "left-over files" "$(ls -A busy | grep '^\.')" .dubao-party
finish
