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

# A hundred articles take what one takes, and their text. articles COUNT CHARACTERS: no three characters of one are sure to stand in another
articles() {
    LC_ALL=C.UTF-8 awk -v count="$1" -v characters="$2" 'BEGIN {
        srand(7); n = split("的 一 是 在 不 了 有 和 人 这 中 大 为 上 个 国 我 以 要 他 时 来 用 们 生 到 作 地 于 出 就 分 对 成 会 可 主 发 年 动 同 工 也 能 下 过 子 说 产 种 面 而 方 后 多 定 行 学 法 所 民 得 经 十 三 之 进 着 等 部 度 家 电 力 里 如 水 化 高 自 二 理 起 小 物 现 实 加 量 都 两 体 制 机 当 使 点 从 业 本 去 把 性 好 应 开 它 合 还 因 由 其 些 然 前 外 天 政 四 日 那 社 义 事 平 形 相 全 表 间 样 与 关 各 重 新 线 内 数 正 心 反 你 明 看 原 又 么 利 比 或 但 质 气 第 向 道 命 此 变 条 只 没 结 解 问 意 建 月 公 无 系 军 很 情 者 最 立 代 想 已 通 并 提 直 题 党 程 展 五 果 料 象 员 革 位 入 常 文 总 次 品 式 活 设 及 管 特 件 长 求 老 头 基 资 边 流 路 级 少 图 山 统 接 知 较 将 组 见 计 别 她 手 角 期 根 论 运 农 指 几 九 区 强 放 决 西 被 干 做 必 战 先 回 则 任 取 据 处 队 南 给 色 光 门 即 保 治 北 造 百 规 热 领 七 海 口 东 导 器 压 志 世 金 增 争 济 阶 油 思 术 极 交 受 联 什 认 六 共 权 收 证 改 清 己 美 再 采 转 更 单 风 切 打 白 教 速 花 带 安 场 身 车 例 真 务 具 万 每 目 至 达 走 积 示 议 声 报 斗 完 类 八 离 华 名 确 才 科 张 信 马 节 话 米 整 空 元 况 今 集 温 传 土 许 步 群 广 石 记 需 段 研 界 拉 林 律 叫 且 究 观 越 织 装 影 算 低 持 音 众 书 布 复 容 儿 须 际 商 非 验 连 断 深 难 近 矿 千 周 委 素 技 备 半 办 青 省 列 习 响 约 支 般 史 感 劳 便 团 往 酸 历 市 克 何 除 消 构 府 称 太 准 精 值 号 率 族 维 划 选 标 写 存 候 毛 亲 快 效 斯 院 查 江 型 眼 王 按 格 养 易 置 派 层 片 始 却 专 状 育 厂 京 识 适 属 圆 包 火 住 调 满 县 局 照 参 红 细 引 听 该 铁 价 严", c, " ")
        for (a = 1; a <= count; a++) {
            printf "# 第%d条新闻\n\n", a
            for (i = 1; i <= characters; i++) printf "%s%s", c[int(rand() * n) + 1], i % 240 == 0 ? "。\n\n" : i % 30 == 0 ? "。" : i % 10 == 0 ? "，" : ""
            printf "。\n\n"
        } }' </dev/null
}
articles 1 2000 >one.md
articles 100 200 >hundred.md
for jobs in 1 2; do
    one=$(peak "$dubao" export -q -j $jobs -o "one-$jobs" one.md)
    hundred=$(peak "$dubao" export -q -j $jobs -o "hundred-$jobs" hundred.md)
    [[ $hundred -lt $((one + one / 20 + 1024)) ]] || wrong "export -j $jobs grows with the articles: $one KiB for one, $hundred KiB for a hundred"
    echo "export -j $jobs: $one KiB for an article, $hundred KiB for a hundred"
done
# Of a page that is cut into articles a multiple is needed, but a small one: it was 26 times.
articles 100 3000 >large.md
bytes=$(stat -c %s large.md)
one=$(peak "$dubao" inspect --articles 1 one.md)
hundred=$(peak "$dubao" inspect --articles 1 large.md)
[[ $((hundred - one)) -lt $((8 * bytes / 1024)) ]] || wrong "cutting a page of $((bytes / 1024)) KiB takes $((hundred - one)) KiB"
echo "cutting a page: $((hundred - one)) KiB for $((bytes / 1024)) KiB"
finish
