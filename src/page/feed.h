/* RSS 2.0, RSS 1.0 and Atom (RFC 4287) with full text -> blocks: each item is an article. */
#ifndef DUBAO_PAGE_FEED_H
#define DUBAO_PAGE_FEED_H

#include "page/blocks.h"

/* Whether the text is a feed: XML whose first element is rss, feed or RDF. */
bool feed_is(Str text);
/* Adds the feed's articles to the blocks. What follows a place where the XML is damaged becomes a silent block with a note. */
void feed_scan(PageBlocks *blocks, Str text);

#endif
