/* Sound libraries write their own thoughts on standard error, when there is no device or no home folder for their settings. The person at the
 * keyboard gets one sentence, and it is ours. */
#ifndef DUBAO_BASE_HUSH_H
#define DUBAO_BASE_HUSH_H

/* From here on standard error leads nowhere, until hush_end gets what hush_begin returned. */
int  hush_begin(void);
void hush_end(int kept);

#endif
