//! Workbooks, tables, contact structures and the KLE plan.

use postfordeler::desktop::{Message, Page};
use std::fs;
use std::path::Path;

use super::super::town::*;
use super::{KLE_PLAN, STRUCTURE, files, read};

const KIND_CSV_RULES: usize = 1;

#[test]
fn the_workbook_goes_out_and_comes_in_again_without_a_difference() {
    let data = town();
    let mut window = files(&data);
    for (kind, name) in [(0, "bog.xlsx"), (KIND_CSV_RULES, "regler.csv"), (2, "fagsystemer.csv"), (3, "punkter.csv")] {
        let path = data.path().join(name);
        window.choose_nth("files-out-kind", kind);
        window.fill("files-out", &path.display().to_string());
        window.click("Skriv filen");
        window.must_show(&format!("Skrevet til {}", path.display()));
        read(&mut window, &path);
        window.must_show("Filen siger det samme som kladden. Der er intet at tage ind.");
        window.click("Lad være");
    }
    window.close();
}

#[test]
fn every_fault_of_a_table_is_told_by_its_cell() {
    let data = town();
    let path = data.path().join("regler.csv");
    let table = "Prioritet;Segment;Regelelement;Regelværdi;Fagsystem;Gyldig fra\r\n\
                 10;alle;KLE;28;Jobcenter;25-10-2020\r\n\
                 10;enhver;KLE;28.1;Nexus;31-02-2020\r\n";
    fs::write(&path, table).expect("written");
    let mut window = files(&data);
    read(&mut window, &path);
    window.must_show("Der er 5 fejl i filen.");
    for cell in ["A3", "B3", "D3", "E3", "F3"] {
        window.must_show(cell);
    }
    window.click("Tag ind i kladden");
    window.must_show("Alt er udgivet");
    window.close();
}

#[test]
fn what_the_analysis_finds_anew_is_told_before_it_comes_in() {
    let data = town();
    let path = data.path().join("regler.csv");
    let table = "Prioritet;Segment;Regelelement;Regelværdi;Fagsystem;Gyldig fra\r\n\
                 10;alle;KLE;28;Jobcenter;25-10-2020\r\n\
                 20;alle;KLE;28.06;Jobcenter;25-10-2020\r\n\
                 30;alle;Kontaktgruppe;Findes ikke;Jobcenter;25-10-2020\r\n\
                 40;alle;Afsender CVR-nr.;12345678;Jobcenter;25-10-2020\r\n";
    fs::write(&path, table).expect("written");
    let mut window = files(&data);
    read(&mut window, &path);
    window.must_show("3 ting at se på i reglerne");
    window.must_show("Regel 20 får aldrig post: Regel 10 tager alt det, den kunne få.");
    window.must_show_part("Kontaktgruppen Findes ikke står ikke på listen.");
    window.must_show("CVR-nr. 12345678: Kontrolcifferet passer ikke.");
    window.click("Tag ind i kladden");
    window.must_show_part("Taget ind fra regler.csv");
    window.close();
}

#[test]
fn what_is_good_to_know_stands_beside_the_faults_and_what_is_odd_at_its_cell() {
    let data = town();
    let path = data.path().join("regler.csv");
    let head = "Prioritet;Segment;Regelelement;Regelværdi;Fagsystem;Gyldig fra\r\n";
    let odd = "10;alle;Kontaktpunkt;Pladsanvisnngen;Jobcenter;25-10-2020\r\n20;alle;Kontaktpunkt;Havnen;Jobcenter;25-10-2020\r\n";
    fs::write(&path, format!("{head}{odd}")).expect("written");
    let mut window = files(&data);
    read(&mut window, &path);
    window.must_show("D2: »Pladsanvisnngen« står ikke på listen. Mente du »Pladsanvisningen«?");
    window.must_show_part("Kontaktpunktet Havnen står ikke på listen.");
    window.must_show("D3 · Regel 20");
    window.click("Lad være");
    fs::write(&path, format!("{head}{odd}0;alle;KLE;27;Jobcenter;25-10-2020\r\n")).expect("written");
    read(&mut window, &path);
    window.must_show("Der er 1 fejl i filen.");
    window.must_show("D2: »Pladsanvisnngen« står ikke på listen. Mente du »Pladsanvisningen«?");
    window.close();
}

#[test]
fn a_contact_structure_comes_in_once_and_tells_whose_it_is() {
    let data = town();
    let mut window = files(&data);
    read(&mut window, Path::new(STRUCTURE));
    window.must_show("Kontaktstruktur med 1 kontaktpunkt på 1 side");
    window
        .must_show("Kontaktstrukturen er for Albertslund Kommune, men den lægges i Eksempelby Kommune (CVR 01102036).");
    // Nothing of ours goes because it is not in somebody else's structure.
    window.must_show("1 ændring i forhold til kladden");
    window.click("Tag ind i kladden");
    read(&mut window, Path::new(STRUCTURE));
    window.must_show("Filen siger det samme som kladden. Der er intet at tage ind.");
    window.close();
}

#[test]
fn a_changed_structure_shows_its_changes() {
    let data = town();
    let mut window = files(&data);
    read(&mut window, Path::new(STRUCTURE));
    window.click("Tag ind i kladden");
    let text = fs::read_to_string(STRUCTURE).expect("a file");
    let text = text.replace("Kontanthjælp og sygedagpenge", "Ydelser").replace("\"active\": false", "\"active\": true");
    let text = text.replace("\"memoSizeThresholdMB\": 10.0", "\"memoSizeThresholdMB\": 20.5");
    let path = data.path().join("ny-side.json");
    fs::write(&path, text).expect("written");
    read(&mut window, &path);
    window.must_show(
        "Kontaktpunktet Kontanthjælp og sygedagpenge hedder nu Ydelser, er nu aktivt og tager nu højst 20,5 MB",
    );
    window.close();
}

#[test]
fn the_kle_plan_counts_once_it_is_taken_in() {
    let data = town();
    let mut window = files(&data);
    read(&mut window, Path::new(KLE_PLAN));
    window.must_show_part("KL's plan af 01-05-2025 med ");
    window.must_show_part("KLE-planen får ");
    window.click("Tag ind i kladden");
    window.must_show("Alt er udgivet");
    window.click("KLE-plan");
    window.must_show_part("KL's plan af 01-05-2025 · ");
    window.send(Message::Show(Page::Files));
    read(&mut window, Path::new(KLE_PLAN));
    window.must_show("Filen siger det samme som kladden. Der er intet at tage ind.");
    window.close();
}
