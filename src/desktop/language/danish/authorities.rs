//! *Myndigheder* in Danish.

use super::grouped;
use crate::desktop::language::authorities::AuthorityTexts;
use crate::rules::Authority;

pub(super) const TEXTS: AuthorityTexts = AuthorityTexts {
    title: "Myndigheder",
    own: "Egne myndigheder",
    known: "Kendte myndigheder",
    count: |count| if count == 1 { "1 myndighed".to_owned() } else { format!("{count} myndigheder") },
    new: "Ny myndighed",
    cvr: "CVR-nr.",
    more: "Øvrige CVR-nr.",
    more_hint: "Andre numre, den modtager post på. Adskil dem med komma.",
    fagsystems: "Fagsystemer",
    contact_points: "Kontaktpunkter",
    shown: "Vist",
    overtaken: "Myndigheden er ændret eller slettet et andet sted, siden du åbnede den.",
    not_cvrs: |text| format!("»{text}« er ikke et CVR-nummer: Det har otte cifre"),
    twice: |cvr| format!("{cvr} står her to gange"),
    taken: |cvr, by| format!("{cvr} hører til {by}"),
    check_digit: |cvr| format!("{cvr}: Kontrolcifferet passer ikke. Er det skrevet rigtigt?"),
    other_cvr: |cvr| {
        format!(
            "Myndigheden skifter nummer: I kladden slettes den under {cvr} og tilføjes under det nye. Står {cvr} ikke \
             blandt de øvrige numre, modtages post til det ikke mere, og regler, der nævner det, nævner det nye i stedet."
        )
    },
    keys_stay: |count, cvr| match count {
        1 => format!("1 fagsystem har en nøgle, der er gemt under {cvr}. Den skal gemmes igen under det nye nummer."),
        _ => format!(
            "{count} fagsystemer har nøgler, der er gemt under {cvr}. De skal gemmes igen under det nye nummer."
        ),
    },
    default: "Fagsystem",
    default_hint: "Får den post, ingen regel tager.",
    first_fagsystem: "Første fagsystem",
    contents: "Indhold",
    holds: |authority| {
        let (rules, fagsystems, points) = parts(authority);
        format!("{rules} · {fagsystems} · {points}")
    },
    is_shown: "Det er den, de andre sider viser",
    show: "Vis den på de andre sider",
    delete: "Slet myndighed …",
    deletes: |authority| {
        let (rules, fagsystems, points) = parts(authority);
        format!(
            "Slet {}? Med den slettes {rules}, {fagsystems} og {points}. Når kladden er udgivet, afvises post til {}.",
            authority.name, authority.cvr
        )
    },
    delete_indeed: "Slet myndigheden",
    keep: "Behold den",
    last: "Den eneste myndighed kan ikke slettes.",
    count_known: |shown, all| {
        let all_words = match all {
            1 => "1 kendt myndighed".to_owned(),
            _ => format!("{} kendte myndigheder", grouped(all as u64, '.')),
        };
        if shown == all { all_words } else { format!("{} af {all_words}", grouped(shown as u64, '.')) }
    },
    new_known: "Ny kendt myndighed",
    about_known: "Afsendere, der tæller som segmentet myndighed, når en regel ser på, hvem der skriver.",
    search: "Navn eller CVR-nr.",
    import: "Hent liste (CSV, Excel) …",
    check: "Kontrol",
    odd_check_digit: "Kontrolciffer passer ikke",
    no_name: "uden navn",
    none_known: "Der er ingen kendte myndigheder. Afsendere på listen tæller som segmentet myndighed. Tilføj dem én ad \
                 gangen, eller hent en liste.",
    none_found: "Ingen kendt myndighed har det i navn eller CVR-nummer.",
    known_already: "Nummeret står på listen i forvejen",
    is_own: |name| format!("Det er {name}, som tæller med i forvejen"),
    remove: "Fjern fra listen",
};

fn parts(authority: &Authority) -> (String, String, String) {
    let counted = |count: usize, one: &str, many: &str| {
        let words = if count == 1 { one } else { many };
        format!("{} {words}", grouped(count as u64, '.'))
    };
    (
        counted(authority.rules.len(), "regel", "regler"),
        counted(authority.fagsystems.len(), "fagsystem", "fagsystemer"),
        counted(authority.contact_points.len(), "kontaktpunkt", "kontaktpunkter"),
    )
}
