# A full disk, after any number of bytes: status 74, one sentence, no half file under any name, and the next run makes all good.
. "$(dirname "$0")/../support/e2e.bash"
# libsndfile 1.2 does not free a Vorbis encoder whose header it could not write.
export ASAN_OPTIONS=${ASAN_OPTIONS-}:detect_leaks=0
three_articles page.md
run 0 "$dubao" export -o whole page.md

# after COMMAND...: what a failed run may leave in ./out is whole files only, and the journal that tells the next run of them
after() {
    local file
    says complained "cannot write"
    is "lines of complaint ($*)" "$(wc -l <complained)" 1
    [[ ! -e out/edition.json ]] || wrong "edition.json is there ($*)"
    for file in $(ls -A out); do
        [[ $file != .dubao-journal || ! -e out/page-01.wav ]] || continue
        cmp -s "out/$file" "whole/$file" || wrong "half written, or not ours: $file ($*)"
    done
}
full_disk() { env LD_PRELOAD="$build/lib/full_disk.so" DISK_BYTES="$1" "${@:2}"; }

# The scratch sound, the file's header, its middle, its last byte, the second article, the third.
first=$(stat -c %s whole/page-01.wav)
for bytes in 0 1 1000 $((first - 44)) $((first - 43)) $first $((2 * first - 100)) $((2 * first - 45)) $((3 * first)) $((5 * first)); do
    rm -rf out
    run 74 full_disk "$bytes" "$dubao" export -j 2 -o out page.md
    after "$bytes bytes"
done
run 0 "$dubao" export -o out page.md
tidy out
diff -r out whole >/dev/null || wrong "the run after a full disk gives other files"
for format in bwf rf64 flac ogg opus mp3; do
    for bytes in $((first - 40)) $((first + 500)) $((first + 6000)); do
        rm -rf out
        run 74 full_disk "$bytes" "$dubao" export -f "$format" -o out page.md
        is "files after a full disk as $format" "$(ls -A out)" ""
    done
done

# A file that was good stays good when the new one does not fit.
run 0 "$dubao" export -o out page.md
sed -i 's/公园/江边/' page.md
run 74 full_disk 30000 "$dubao" export -o out page.md
rm -f out/.dubao-journal
tidy out
cmp -s out/page-01.wav whole/page-01.wav || wrong "the old file is gone"
cmp -s out/edition.json whole/edition.json || wrong "the old edition.json is gone"

# edition.json itself does not fit, where articles are kept and nothing else is written. A limit on the size of files (EFBIG) is a full
# disk too.
limit() { bash -c 'trap "" XFSZ; ulimit -f "$1"; shift; exec "$@"' - "$@"; }
printf '\n# 尾声\n\n这一篇以后不要了。\n' >>page.md
run 0 "$dubao" export -o out page.md
[[ $(stat -c %s out/edition.json) -gt 1400 ]] || wrong "edition.json is too short for this test"
cp out/edition.json old.json
sed -i '/尾声/,$d' page.md
run 74 limit 1 "$dubao" export -o out page.md
one_sentence "edition.json does not fit"
cmp -s out/edition.json old.json || wrong "edition.json is not the old one"
[[ -z $(find out -name '.*' -type f) ]] || wrong "temporary files stay"
run 0 "$dubao" export -o out page.md
tidy out
rm -rf out
run 74 limit 20 "$dubao" export -o out page.md
says complained "cannot write"
is "files under a limit" "$(ls -A out)" ""
finish
