# Memory does not grow with the page, and the scratch sound is the article's: a long page beside a short one.
. "$(dirname "$0")/../support/e2e.bash"
rss=$build/bin/rss
# The sanitizers keep shadow memory; what they measure is not ours.
if grep -qa __asan_init "$dubao"; then
    echo "built with AddressSanitizer: memory is not measured"
    exit 0
fi
# page BYTES: one article of about so many bytes, no sentence like the other
page() {
    echo '# 长篇'
    LC_ALL=C awk -v most="$1" 'BEGIN { for (n = 0; bytes < most; n++) {
        s = "第" n "号列车今天" n % 24 "点从北京站开出，载着" n * 7 % 3000 "名旅客，沿途停靠" n % 30 + 2 "座车站。"
        bytes += length(s); printf "%s%s", s, n % 5 == 4 ? "\n\n" : "" } }'
}
# peak COMMAND...: KiB
peak() { "$rss" "$@" 2>&1 >/dev/null </dev/null | sed -n 's/^rss: \([0-9]*\) KiB$/\1/p'; }
page 300000 >long.md
bytes=$(stat -c %s long.md)
[[ $bytes -gt 250000 ]] || wrong "the page has $bytes bytes only"
allowed=$((48 * 1024 + 3 * bytes / 1024))
for command in "inspect --json" "text" "pinyin --json"; do
    got=$(peak "$dubao" $command long.md)
    [[ $got -lt $allowed ]] || wrong "$command: $got KiB, allowed $allowed"
    echo "$command: $got KiB of $allowed"
done
# A sixth of it is enough to see export's memory, which must not be larger than that of a page with an article of usual length by more than the page.
page 50000 >middle.md
page 5000 >short.md
long=$(peak "$dubao" export -q -o long middle.md)
short=$(peak "$dubao" export -q -o short short.md)
[[ $long -lt $allowed ]] || wrong "export: $long KiB, allowed $allowed"
[[ $((long - short)) -lt $((2048 + 3 * $(stat -c %s middle.md) / 1024)) ]] || wrong "export grows with the page: $short KiB, then $long KiB"
echo "export: $short KiB for 5 kB, $long KiB for 50 kB"
frames=$(jq '.articles[0].frames' long/edition.json)
[[ $frames -gt $((22050 * 600)) ]] || wrong "the long page is only $((frames / 22050)) s of sound"
tidy long
finish
