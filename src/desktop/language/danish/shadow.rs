//! *Skyggekørsel* in Danish.

use super::grammar::counted;
use crate::desktop::language::texts::shadow::ShadowTexts;

pub(super) const TEXTS: ShadowTexts = ShadowTexts {
    title: "Skyggekørsel",
    about: "Kladden følger den post, der kommer, uden at aflevere noget",
    none: "Lad kladden følge den post, der kommer fra nu af. Routeren afleverer som før; her tælles det, kladden ville have sendt \
           et andet sted hen, til du udgiver den eller afslutter.",
    nothing_to_follow: "Kladden siger det samme som udgivelsen, så der er intet at følge. Ret noget i kladden først.",
    contradiction: "Kladden modsiger sig selv, så den kan ikke følge posten. Se Ændringer.",
    begin: "Begynd skyggekørsel",
    drop: "Afslut skyggekørsel",
    promote: "Udgiv kladden …",
    since: |when, messages| format!("Siden {when} er der kommet {messages}"),
    messages: counted("1 meddelelse", |count| format!("{count} meddelelser")).or_none("ingen meddelelser"),
    differing: counted("Kladden ville have sendt 1 af dem et andet sted hen", |count| {
        format!("Kladden ville have sendt {count} af dem et andet sted hen")
    })
    .or_none("Kladden ville ikke have sendt nogen af dem et andet sted hen"),
    by_draft_of_now: "Alt siden da er talt med kladden, som den er nu. Hver meddelelse tæller én gang.",
    ways: "Fra hvor til hvor",
    latest: "De seneste, der ville gå et andet sted hen",
    way: |from, to| format!("{from} → {to}"),
    by_rule: |rule| format!("regel {rule}"),
    by_default: "opsamlingssystemet",
    nowhere: "ingen: myndigheden er ikke i kladden",
};
