//! *Myndigheder* in Danish.

use super::grammar::{CONTACT_POINTS, FAGSYSTEMS, GRAMMAR, RULES, counted};
use crate::desktop::language::texts::authorities::AuthorityTexts;

pub(super) const TEXTS: AuthorityTexts = AuthorityTexts {
    title: "Myndigheder",
    own: "Egne myndigheder",
    known: "Kendte myndigheder",
    count: counted("1 myndighed", |count| format!("{count} myndigheder")),
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
    rules: RULES,
    fagsystem_count: FAGSYSTEMS,
    point_count: CONTACT_POINTS,
    is_shown: "Det er den, de andre sider viser",
    show: "Vis den på de andre sider",
    delete: "Slet myndighed …",
    deletes: |authority, [rules, fagsystems, points]| {
        format!(
            "Slet {}? Med den slettes {rules}, {fagsystems} og {points}. Når kladden er udgivet, afvises post til {}.",
            authority.name, authority.cvr
        )
    },
    delete_indeed: "Slet myndigheden",
    keep: "Behold den",
    last: "Den eneste myndighed kan ikke slettes.",
    grammar: GRAMMAR,
    known_count: counted("1 kendt myndighed", |count| format!("{count} kendte myndigheder")),
    known_count_of: |shown, all| format!("{shown} af {all}"),
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
