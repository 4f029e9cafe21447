//! The rules that the pictures show, and everything that is named in them.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::date;
use postfordeler::rules::{Caseless, Criterion, Cvr, KlePlan, KnownAuthority, Rule, RuleBook, Segment, Validity};

use super::data::{change, cvr, id, priority};
use crate::support::small_town;

/// Rules for main groups, groups and subjects, of which some take from others.
pub fn classified(sample: RuleBook) -> RuleBook {
    let mut book = sample;
    let rule = |number, fagsystem, kle: &str, segment| Rule {
        priority: priority(number),
        fagsystem: id(fagsystem),
        segment,
        criterion: Criterion::Kle(kle.parse().expect("KLE")),
        validity: Validity::new(date(2026, 1, 1), None).expect("no end"),
        active: true,
        note: String::new(),
    };
    book.authorities[0].rules.extend([
        Arc::new(rule(65, "esdh", "28.06", Segment::Company)),
        Arc::new(rule(110, "byggesag", "02.34 - 02.35", Segment::Everyone)),
        Arc::new(rule(120, "ydelse", "28.03.04", Segment::Person)),
    ]);
    book.authorities[0].rules.sort_by_key(|rule| rule.priority);
    book
}

/// A part of KL's plan, with titles as long as its longest.
pub fn plan() -> KlePlan {
    let numbers = [
        ("02", "Byggeri"),
        ("02.34", "Byggesager efter byggeloven"),
        ("02.34.00", "Byggesager efter byggeloven i almindelighed"),
        ("02.34.02", "Byggetilladelser"),
        ("27", "Social service"),
        ("27.36", "Hjælpemidler, forbrugsgoder, boligindretning og befordring"),
        (
            "27.36.04",
            "Kropsbårne hjælpemidler, herunder ortopædisk fodtøj, korsetter, bandager, parykker og proteser til børn og unge",
        ),
        ("28", "Dagtilbud"),
        ("28.03", "Økonomi ved dagtilbud"),
        ("28.03.00", "Økonomi ved dagtilbud i almindelighed"),
        ("28.03.04", "Tilskud til pasning af egne børn"),
        ("28.06", "Optagelse i dagtilbud"),
        ("28.06.00", "Optagelse i dagtilbud i almindelighed"),
        ("28.06.04", "Venteliste og pladsanvisning"),
        ("28.12", "Drift af dagtilbud"),
        ("28.12.04", "Åbningstider og lukkedage"),
        ("32", "Kontante ydelser"),
        ("32.03", "Folkepension"),
        ("32.03.04", "Optagelse af helbredstillæg ved dagtilbud for ældre"),
        ("32.39", "Sygedagpenge"),
        ("32.39.04", "Refusion til arbejdsgivere"),
    ];
    let mut plan = KlePlan::empty();
    plan.published = Some(date(2026, 5, 1));
    for (number, title) in numbers {
        assert!(plan.add(number.parse().expect("KLE"), title));
    }
    plan
}

/// Rules added, changed and gone, a fagsystem paused, one added; among them what the analysis warns of.
pub fn drafted(sample: &RuleBook) -> RuleBook {
    let mut book = sample.clone();
    let authority = &mut book.authorities[0];
    change(authority, 20, |rule| rule.fagsystem = id("jobcenter"));
    change(authority, 80, |rule| {
        rule.validity = Validity::new(date(2020, 10, 25), Some(date(2026, 12, 1))).expect("forwards");
    });
    change(authority, 50, |rule| rule.active = false);
    authority.rules.retain(|rule| rule.priority != priority(40));
    let rule = |number, fagsystem, criterion, note: &str| Rule {
        priority: priority(number),
        fagsystem: id(fagsystem),
        segment: Segment::Everyone,
        criterion,
        validity: Validity::new(date(2026, 12, 1), None).expect("no end"),
        active: true,
        note: note.to_owned(),
    };
    let nurseries = Criterion::Kle("28.12 - 28.15".parse().expect("an interval"));
    let library = Criterion::ContactGroup(Caseless::new("Bibliotek og kultur"));
    authority.rules.push(Arc::new(Rule {
        validity: Validity::new(date(2026, 1, 1), None).expect("no end"),
        ..rule(75, "esdh", nurseries, "Afventer svar fra dagtilbudschefen, som er på ferie til og med uge 49")
    }));
    authority.rules.push(Arc::new(rule(110, "kultur", library, "")));
    authority.rules.sort_by_key(|rule| rule.priority);
    let mut culture = authority.fagsystems[0].clone();
    culture.id = id("kultur");
    "Bibliotekernes fællessystem for udlån og arrangementer".clone_into(&mut culture.name);
    culture.active = false;
    authority.fagsystems.push(culture);
    book
}

/// What authorities call what they have.
pub const LONG_NAMES: [&str; 6] = [
    "Center for Beskæftigelse, Integration og Tværgående Myndighedsopgaver",
    "Byggesagsafdelingen i Forvaltningen for Teknik, Miljø, Ejendomme og Klimatilpasning",
    "Ældre- og handicapforvaltningernes fælles anklage- og tilsynssekretariat",
    "Specialpædagogisk rådgivning, dagtilbudsvisitation og pladsanvisning for 0-6-årige",
    "Sekretariatet for Borgmesteren, Byrådet og Økonomiudvalget",
    "Kontanthjælp, sygedagpenge, ressourceforløb og førtidspension",
];

/// The same book with such names everywhere.
pub fn with_long_names(mut book: RuleBook) -> RuleBook {
    let long = |at: usize| LONG_NAMES[at % LONG_NAMES.len()].to_owned();
    for (at, authority) in book.authorities.iter_mut().enumerate() {
        authority.name = format!("{} ({at})", long(at));
        for (at, fagsystem) in authority.fagsystems.iter_mut().enumerate() {
            fagsystem.name = format!("{} ({at})", long(at));
        }
        for (at, point) in authority.contact_points.iter_mut().enumerate() {
            point.title = format!("{} ({at})", long(at + 2));
        }
        for (at, rule) in authority.rules.iter_mut().enumerate() {
            Arc::make_mut(rule).note = long(at + 3);
        }
    }
    book
}

/// What else people have written in these data.
const NOTES: [&str; 7] = [
    "Reglerne fra den gamle løsning",
    "FORM-breve til byggesag fra 2030, og folketingsvalget",
    "Byg og bolig går til ESDH igen",
    "KLE-numre fordelt",
    "annemette.kjærsgaard-vestergaard",
    "Boligsystemet i Center for Teknik, Miljø og Ejendomme",
    "konfiguration.json",
];

/// Everything that people have named in any of these data.
pub fn names() -> BTreeSet<String> {
    let sample = small_town(([127, 0, 0, 1], 9101).into());
    let books = [with_long_names(sample.clone()), with_more_authorities(sample.clone()), drafted(&sample)];
    let mut names: BTreeSet<String> = LONG_NAMES.map(str::to_owned).into();
    for authority in books.iter().flat_map(|book| &book.authorities) {
        names.insert(authority.name.clone());
        names.extend(authority.fagsystems.iter().map(|it| it.name.clone()));
        names.extend(authority.contact_points.iter().map(|it| it.title.clone()));
        names.extend(authority.contact_points.iter().flat_map(|it| &it.groups).map(|it| it.name.to_string()));
        names.extend(authority.rules.iter().map(|it| it.note.clone()));
    }
    names.extend(books.iter().flat_map(|book| &book.known_authorities).map(|it| it.name.clone()));
    let plans = [KlePlan::default(), plan()];
    names.extend(plans.iter().flat_map(KlePlan::entries).map(|(_, title)| title.to_owned()));
    names.extend(NOTES.map(str::to_owned));
    names.remove("");
    names
}

/// A utility and a partnership besides, and authorities that write to them.
pub fn with_more_authorities(mut book: RuleBook) -> RuleBook {
    let mut utility = book.authorities[0].clone();
    (utility.cvr, utility.name) = (cvr("01506071"), "Eksempelby Forsyning".to_owned());
    utility.rules.truncate(2);
    utility.contact_points.truncate(1);
    let mut partnership = book.authorities[0].clone();
    partnership.cvr = cvr("01607088");
    "Beredskabs- og redningsfællesskabet for Eksempelby, Nørreby og omegnens kommuner"
        .clone_into(&mut partnership.name);
    partnership.more_cvrs = vec![cvr("01607096"), cvr("01607109")];
    partnership.rules.clear();
    book.authorities.extend([utility, partnership]);
    let numbers = (1_700_000..).map(|number| cvr(&format!("{number:08}")));
    let sound = numbers.filter(|cvr| cvr.has_valid_check_digit());
    let names = ["Børneby", "Dalby", "Højslev", "Nørreby", "Søby", "Vesterby", "Ølsted", "Ærøby", "Ådal"];
    let known = |(place, cvr): (usize, Cvr)| KnownAuthority {
        cvr,
        name: match place {
            0..=8 => format!("{} Kommune", names[place]),
            9..=17 => format!("{} Forsyning og Renovation", names[place - 9]),
            18 => "Ældre- og handicapforvaltningernes fælles anklage- og tilsynssekretariat".to_owned(),
            19..=21 => String::new(),
            _ => format!("Region {}", place - 21),
        },
    };
    book.known_authorities.extend(sound.enumerate().map(known).take(40));
    book.known_authorities.push(KnownAuthority { cvr: cvr("99999999"), name: "Afprøvningsmyndighed".to_owned() });
    "Udbetaling Eksempel".clone_into(&mut book.known_authorities[0].name);
    book
}
