//! The command palette finds what can be done by the words that people use for it.

use std::collections::{BTreeMap, BTreeSet};

use iced_test::core::keyboard::Modifiers;
use iced_test::core::keyboard::key::Named;
use postfordeler::desktop::{Message, Page};
use tempfile::TempDir;

use super::town::*;
use crate::window::Window;

/// Whether the palette offers that line for those words.
#[track_caller]
fn must_find(window: &mut Window, words: &str, line: &str) {
    window.ctrl("k");
    window.type_fast(words);
    let shows = window.texts().iter().any(|seen| seen.words == line || seen.words.ends_with(&format!(": {line}")));
    assert!(shows, "'{words}' does not find '{line}', but {:?}", found(window));
    window.press(Named::Escape);
}

/// The lines of the palette, which are seen last.
fn found(window: &mut Window) -> Vec<String> {
    let seen = window.texts();
    let field = seen.iter().rposition(|seen| seen.bounds.width > 500.0).unwrap_or_default();
    seen[field..].iter().map(|seen| seen.words.clone()).collect()
}

/// What people look for, what they find, in Danish and in English.
const EVERYWHERE: [(&str, &str, &str); 63] = [
    ("strøm", "Gå til Kort", "Go to Map"),
    ("huller emner", "Gå til Dækning", "Go to Coverage"),
    ("serviceområder form", "Dækning: FORM", "Coverage: FORM"),
    ("zoom ud", "Kort: Hele fordelingen", "Map: All rules"),
    ("pr dato", "Se en anden dag", "Look at another day"),
    ("gantt", "Gå til Tidslinje", "Go to Timeline"),
    ("tilsyn", "Gå til Gennemsyn", "Go to Review"),
    ("parallel", "Gå til Skyggekørsel", "Go to Shadow run"),
    ("oppetid", "Gå til Driftsmål", "Go to Service levels"),
    ("nedetid varslet", "Nyt servicevindue", "New service window"),
    ("falder igennem", "Gå til Opsamling", "Go to Default recipient"),
    ("opret regel", "Ny regel", "New rule"),
    ("kopi", "Lav en kopi", "Make a copy"),
    ("slet", "Slet de valgte regler", "Delete the chosen rules"),
    ("deaktivér", "Slå fra", "Switch off"),
    ("aktivér", "Slå til", "Switch on"),
    ("prioritet højere", "Flyt op", "Move up"),
    ("prioritet lavere", "Flyt ned", "Move down"),
    ("omnummerér", "Fordel numre jævnt", ""),
    ("udskift system", "Skift fagsystem", ""),
    ("kolonne", "Vælg kolonner", ""),
    ("nulstil filtre", "Vis alle regler", ""),
    ("nulstil filtre", "Vis alle meddelelser", ""),
    ("nulstil filtre", "Vis alle kontaktpunkter", ""),
    ("bogmærke", "Gem filteret", ""),
    ("transport", "Lav pakke …", ""),
    ("nyt system", "Nyt fagsystem", "New business system"),
    ("opret postkasse", "Nyt kontaktpunkt", ""),
    ("træ gruppe", "Vis efter gruppe", ""),
    ("importér digital post", "Hent kontaktstruktur …", ""),
    ("opret kommune", "Ny myndighed", ""),
    ("opret afsender", "Ny kendt myndighed", ""),
    ("indlæs liste", "Hent liste (CSV, Excel) …", ""),
    ("emneplan", "Hent KLE-plan …", ""),
    ("expand", "Fold alt ud", ""),
    ("collapse", "Fold alt sammen", ""),
    ("eksport", "Eksportér", "Export"),
    ("udskriv", "Eksportér", "Export"),
    ("opbevaring", "Gem meddelelser i …", ""),
    ("periode 7 dage", "Overblik: 7 dage", ""),
    ("meddelelser i dag", "Meddelelser: I dag", ""),
    ("start router", "Router: Start", ""),
    ("certifikat", "Router: Hvem må aflevere", ""),
    ("importér excel", "Filer: Hent ind", ""),
    ("sikkerhedskopi", "Skriv ud: Hele konfigurationen", ""),
    ("eksport csv regler", "Skriv ud: CSV: regler", ""),
    ("send", "Udgiv kladden", ""),
    ("fortryd", "Fortryd", ""),
    ("gentag", "Gentag", ""),
    ("lys", "Skift mellem lyst og mørkt", ""),
    ("mørk", "Skift mellem lyst og mørkt", ""),
    ("sprog", "English", "Dansk"),
    ("zoom ind", "Gør alting større", ""),
    ("nulstil zoom", "Almindelig størrelse", ""),
    ("historik", "Gå til Udgivelser", ""),
    ("kursus", "Åbn øvelsen", "Open training"),
    ("hjælp skærm", "Vejledning til denne skærm", "Guide to this screen"),
    ("manual", "Vejledningens sider", "Pages of the guide"),
    ("begreb", "Ordbog", "Glossary"),
    ("rundtur", "Rundvisning", "Tour"),
    ("version", "Om Postfordeler", "About Postfordeler"),
    ("ophavsret", "Om Postfordeler: Licenser", "About Postfordeler: Licences"),
    ("fejlsøgning", "Om Postfordeler: Supportfil", "About Postfordeler: Support file"),
];

#[test]
fn every_action_is_found_by_the_words_that_people_use() {
    let data = town();
    let mut window = rules(&data);
    // From whichever screen.
    for page in ["1", "2", "9"] {
        window.ctrl(page);
        for (words, danish, _) in EVERYWHERE {
            must_find(&mut window, words, danish);
        }
    }
    window.send(Message::SwitchLanguage);
    for (words, _, english) in EVERYWHERE.into_iter().filter(|(.., english)| !english.is_empty()) {
        must_find(&mut window, words, english);
    }
    window.close();
}

/// What a screen offers as it is then, besides what is there from everywhere.
type AsItIs = (fn() -> TempDir, fn(&mut Window), &'static [(&'static str, &'static str)]);

const AS_IT_IS: &[AsItIs] = &[
    (
        town,
        |it| it.send(Message::Show(Page::Review)),
        &[
            ("gem dokument", "Gennemsyn: Gem som PDF"),
            ("eksport", "Gennemsyn: Gem som webside"),
            ("papir", "Gennemsyn: Udskriv"),
        ],
    ),
    (
        town,
        |it| it.ctrl("2"),
        &[
            ("vis kun segment person", "Filtrér på Segment: Person"),
            ("rækkefølge", "Sortér efter Prioritet"),
            ("led efter regler", "Søg i reglerne"),
            ("led efter kontaktpunkter", "Søg i kontaktpunkter"),
            ("søg cvr myndigheder", "Navn eller CVR-nr."),
            ("find tidslinje", "Søg regel, værdi, fagsystem"),
            ("nu tidslinje", "Vis i dag"),
            ("find emne", "Søg et ord eller nummer"),
            ("find breve", "Id, CVR, KLE, kontaktpunkt …"),
            ("indsæt før", "Ny regel over denne"),
            ("lav en vagt", "Behold denne"),
            ("ret rediger", "Redigér reglen"),
            ("markér alle", "Vælg alle regler på listen"),
            ("tragt", "Filtrér på en værdi i rækken"),
            ("vis kommuner", "Egne myndigheder"),
            ("vis afsendere", "Kendte myndigheder"),
            ("zoom ud", "Gør alting mindre"),
            ("forside", "Gå til Overblik"),
            ("routing", "Gå til Fordelingsregler"),
            ("afprøv hvorfor", "Gå til Prøv en meddelelse"),
            ("paste memo", "Prøv en meddelelse: Indsæt XML"),
            ("indlæs memo", "Prøv en meddelelse: Åbn en fil …"),
            ("systemer modtagere", "Gå til Fagsystemer"),
            ("postkasser", "Gå til Kontaktpunkter"),
            ("kommuner cvr", "Gå til Myndigheder"),
            ("emneplan numre", "Gå til KLE-plan"),
            ("breve post", "Gå til Meddelelser"),
            ("server", "Gå til Router"),
            ("kladde", "Gå til Ændringer"),
            ("import eksport", "Gå til Filer"),
        ],
    ),
    (
        town,
        |it| it.press_with(Modifiers::ALT, Named::ArrowRight),
        &[("dag nu", "Tilbage til i dag"), ("ændring dag udløb", "Forrige ændring: 01-01-2023")],
    ),
    (town, |it| it.ctrl("2"), &[("ændring dag udløber", "Næste ændring: 01-01-2030")]),
    (
        town,
        |it| it.send(Message::Show(Page::TryMessage)),
        &[("forfra", "Prøv en meddelelse: Ryd"), ("stige", "Reglerne i rækkefølge: Udgivelsen")],
    ),
    (town, |it| it.ctrl("7"), &[("vis kun", "Filtrér på Accepteret")]),
    (town, |it| it.send(Message::Show(Page::ServiceLevels)), &[("udtræk csv", "Eksportér driftsmål")]),
    (town, changed_rule, &[("bekræft", "Gem i kladden")]),
    (
        town,
        |it| changed(it, "3", "Jobcenter", "fagsystem-note"),
        &[
            ("bekræft", "Gem i kladden"),
            ("ping", "Afprøv forbindelse"),
            ("standard", "Gør til opsamlingssystem"),
            ("find rules", "Fordelingsregler"),
            ("erstat dato", "Skift fra en bestemt dag …"),
            ("fjern system", "Slet fagsystem"),
        ],
    ),
    (
        town,
        |it| changed(it, "4", "Pladsanvisningen", "point-description"),
        &[("confirm", "Gem i kladden"), ("create rule", "Ny regel til kontaktpunktet"), ("fjern", "Slet kontaktpunkt")],
    ),
    (
        town,
        |it| {
            it.ctrl("5");
            it.press(Named::ArrowDown);
            it.fill("authority-name", "Ændret");
        },
        &[("fjern", "Slet myndighed …"), ("bekræft", "Gem i kladden")],
    ),
    (
        drafted,
        |it| it.send(Message::Show(Page::History)),
        &[("kassér kladde", "Fortryd alle"), ("flet", "Flyt ændringerne over")],
    ),
    (
        town,
        |it| {
            it.send(Message::Show(Page::History));
            it.press(Named::ArrowDown);
        },
        &[("rul tilbage", "Tag den tilbage som kladde")],
    ),
    (
        with_a_plan_and_a_neighbour,
        |it| it.ctrl("6"),
        &[("fjern plan", "Brug kun de indbyggede hovedgrupper igen"), ("vælg kommune", "Gå til Nabo (CVR 01607088)")],
    ),
    (
        town,
        |it| {
            it.send(Message::Show(Page::Map));
            it.click("Levende");
        },
        &[
            ("animation trafik", "Lad ikke meddelelser rejse over kortet"),
            ("freeze", "Stands meddelelserne på kortet, eller lad dem fortsætte"),
            ("trin", "Lad den næste meddelelse rejse alene"),
            ("diagram svg", "Gem som SVG …: Kort"),
        ],
    ),
    (
        training,
        |it| it.wait_for("Kører"),
        &[
            ("sluk", "Router: Stop"),
            ("send borgmester", "Borger skriver til borgmesteren"),
            ("nulstil kursus", "Nulstil øvelsen"),
            ("gem diagram", "Kopiér billede: Meddelelser"),
            ("training indbakke", "Gå til Øvelsesfagsystemer"),
            ("lesson kursus", "Gå til Opgaver"),
            ("fejl nede", "Øvelsesfagsystemer, alle: Nede"),
            ("lav breve", "Gå til Trafik"),
            ("trafik brev", "Trafik: Send næste"),
            ("trafik kør", "Trafik: Start strøm"),
        ],
    ),
    (
        training,
        |it| {
            it.wait_for("Kører");
            it.send(Message::Show(Page::Traffic));
        },
        &[("nummer et", "Trafik: Forfra"), ("memo mappe", "Trafik: Gem som filer")],
    ),
    (
        training,
        |it| {
            it.wait_for("Kører");
            it.send(Message::Show(Page::Lessons));
        },
        &[
            ("diplom", "Opgaver: Kursusbevis"),
            ("deltagere", "Opgaver: Holdets fremskridt"),
            ("usb fil", "Opgaver: Gem fremskridt …"),
            ("saml collect", "Opgaver: Hent fremskridt …"),
            ("toml", "Opgaver: Hent opgave …"),
            ("optag skriv", "Opgaver: Byg en opgave …"),
            ("start lesson", "Opgaver: Begynd opgaven"),
            ("råd", "Opgaver: Vink"),
        ],
    ),
    (
        training,
        |it| {
            it.wait_for("Kører");
            it.send(Message::Show(Page::Practice));
        },
        &[
            ("ryd indbakker", "Øvelsesfagsystemer: Tøm indbakker"),
            ("opret øvelsesfagsystemer", "Øvelsesfagsystemer: Tilføj fagsystem"),
        ],
    ),
];

#[test]
fn no_action_is_forgotten() {
    let mut words_of_known: BTreeSet<&'static str> = BTreeSet::new();
    let mut all: BTreeMap<String, &'static str> = BTreeMap::new();
    let mut missing = Vec::new();
    for (data, steps, found) in AS_IT_IS {
        let data = data();
        let mut window = Window::open(data.path());
        steps(&mut window);
        let actions = window.actions();
        let named =
            |line: &str| actions.iter().find(|(words, _)| words == line || words.ends_with(&format!(": {line}")));
        for (words, line) in *found {
            let Some((_, also)) = named(line) else {
                missing.push(*line);
                continue;
            };
            words_of_known.insert(also);
            must_find(&mut window, words, line);
        }
        // It names the month, which is another each time.
        if let Some((line, also)) = actions.iter().find(|(line, _)| line.ends_with(", dag for dag")) {
            must_find(&mut window, "nedetid dage", line);
            words_of_known.insert(also);
        }
        words_of_known.extend(EVERYWHERE.iter().filter_map(|(_, line, _)| named(line)).map(|(_, also)| *also));
        all.extend(actions);
        window.close();
    }
    let forgotten: Vec<_> = all.into_iter().filter(|(_, also)| !words_of_known.contains(also)).collect();
    assert!(missing.is_empty(), "these are gone: {missing:?}");
    assert!(forgotten.is_empty(), "nobody looks for these here: {forgotten:#?}");
}

fn changed(window: &mut Window, page: &str, name: &str, field: &'static str) {
    window.ctrl(page);
    window.click(name);
    window.fill(field, "Ændret");
}

fn changed_rule(window: &mut Window) {
    window.ctrl("2");
    window.click_rule(20);
    window.fill("rule-note", "Ændret");
}

/// Data for training, on which a window begins it.
fn training() -> TempDir {
    let data = data();
    store(&data).dedicate_to_training().expect("nothing is published");
    data
}

/// With a draft that is behind.
fn drafted() -> TempDir {
    let data = town();
    let mut window = rules(&data);
    window.click_rule(60);
    window.press(Named::Delete);
    window.close();
    publish_elsewhere(&data, |authority| "Nabo Kommune".clone_into(&mut authority.name));
    data
}

fn with_a_plan_and_a_neighbour() -> TempDir {
    let data = town();
    publish_elsewhere_in(&data, |book| {
        let mut neighbour = book.authorities[0].clone();
        neighbour.cvr = "01607088".parse().expect("a CVR number");
        neighbour.more_cvrs.clear();
        "Nabo".clone_into(&mut neighbour.name);
        book.authorities.push(neighbour);
    });
    store(&data).save_kle_plan(&super::kle::plan()).expect("it is kept");
    data
}

#[test]
fn it_is_found_in_both_languages_by_english_words() {
    let data = town();
    let mut window = rules(&data);
    for (words, line) in [
        ("delete", "Slet de valgte regler"),
        ("export", "Eksportér"),
        ("undo", "Fortryd"),
        ("dark", "Skift mellem lyst og mørkt"),
        ("language", "English"),
        ("publish", "Gå til Ændringer"),
        ("reset filters", "Vis alle regler"),
        ("print", "Skriv ud: CSV: regler"),
    ] {
        must_find(&mut window, words, line);
    }
    window.close();
}

#[test]
fn what_is_done_elsewhere_goes_there_and_does_it() {
    let data = town();
    let mut window = rules(&data);
    window.ctrl("k");
    window.type_text("eksport");
    window.must_show("Meddelelser: Eksportér");
    window.press(Named::Enter);
    window.must_show("Ingen meddelelser");
    assert!(window.has_focus("log-export-path"));
    window.ctrl("k");
    window.type_text("opret fagsystem");
    window.press(Named::Enter);
    assert!(window.has_focus("fagsystem-name"));
    window.close();
}

#[test]
fn what_an_open_editor_can_do_is_there_while_it_is_open() {
    let data = town();
    let mut window = rules(&data);
    window.ctrl("3");
    window.ctrl("k");
    window.type_text("afprøv");
    window.must_not_show("Afprøv forbindelse");
    window.press(Named::Escape);
    window.click("Jobcenter");
    for (words, line) in [
        ("ping", "Afprøv forbindelse"),
        ("standard", "Gør til opsamlingssystem"),
        ("fjern system", "Slet fagsystem"),
        ("erstat dato", "Skift fra en bestemt dag …"),
    ] {
        must_find(&mut window, words, line);
    }
    window.close();
}

#[test]
fn a_sample_message_is_sent_from_anywhere() {
    let data = data();
    let mut window = sample(&data);
    window.ctrl("2");
    window.ctrl("k");
    window.type_text("send borgmester");
    window.press(Named::Enter);
    window.wait_for("1 meddelelse");
    window.close();
}

#[test]
fn the_values_of_a_row_are_offered_to_filter_by() {
    let data = town();
    let mut window = rules(&data);
    window.press_with(iced_test::core::keyboard::Modifiers::CTRL | iced_test::core::keyboard::Modifiers::SHIFT, "f");
    window.must_show("Vælg først en række i listen.");
    window.click_rule(30);
    window.press_with(iced_test::core::keyboard::Modifiers::CTRL | iced_test::core::keyboard::Modifiers::SHIFT, "f");
    window.must_show("Filtrér på Segment: Person");
    window.press(Named::ArrowDown);
    window.press(Named::ArrowDown);
    window.press(Named::Enter);
    assert_eq!(window.rules(), [30]);
    window.close();
}
