//! *Skyggekørsel* in English.

use super::grammar::counted;
use crate::desktop::language::texts::shadow::ShadowTexts;

pub(super) const TEXTS: ShadowTexts = ShadowTexts {
    title: "Shadow run",
    about: "The draft follows the mail that comes, and delivers nothing",
    none: "Let the draft follow the mail that comes from now on. The router delivers as before; this counts what the draft would \
           have sent elsewhere, until you publish it or end the run.",
    nothing_to_follow: "The draft says the same as the publication, so there is nothing to follow. Change something in it first.",
    contradiction: "The draft contradicts itself, so it cannot follow the mail. See Changes.",
    begin: "Begin shadow run",
    drop: "End shadow run",
    promote: "Publish the draft …",
    since: |when, messages| format!("Since {when}, {messages} came"),
    messages: counted("1 message", |count| format!("{count} messages")).or_none("no messages"),
    differing: counted("The draft would have sent 1 of them elsewhere", |count| {
        format!("The draft would have sent {count} of them elsewhere")
    })
    .or_none("The draft would have sent none of them elsewhere"),
    by_draft_of_now: "All since then is counted with the draft as it is now. Each message counts once.",
    ways: "From where to where",
    latest: "The latest that would go elsewhere",
    way: |from, to| format!("{from} → {to}"),
    by_rule: |rule| format!("rule {rule}"),
    by_default: "the default recipient",
    nowhere: "nobody: the authority is not in the draft",
};
