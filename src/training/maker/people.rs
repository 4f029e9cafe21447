//! Made-up names and numbers. No person has the CPR numbers, and no company the CVR numbers: those begin with 0.

use super::chance::Chance;
use crate::memo::MadeUpCpr;
use crate::rules::Cvr;

const FIRST_NAMES: [&str; 36] = [
    "Aase",
    "Ahmed",
    "Anders",
    "Anne",
    "Bente",
    "Birgit",
    "Camilla",
    "Christian",
    "Ditte",
    "Emil",
    "Fatima",
    "Frederik",
    "Gitte",
    "Hanne",
    "Henrik",
    "Ida",
    "Jens",
    "Jørgen",
    "Karen",
    "Kirsten",
    "Lars",
    "Line",
    "Mads",
    "Maja",
    "Mette",
    "Mohammed",
    "Niels",
    "Ole",
    "Pernille",
    "Peter",
    "Rasmus",
    "Sofie",
    "Søren",
    "Thomas",
    "Zainab",
    "Åse",
];
const LAST_NAMES: [&str; 24] = [
    "Andersen",
    "Bak",
    "Christensen",
    "Dahl",
    "Enevoldsen",
    "Friis",
    "Gade",
    "Holm",
    "Iversen",
    "Jensen",
    "Kjær",
    "Kristensen",
    "Lund",
    "Madsen",
    "Mortensen",
    "Nielsen",
    "Nørgaard",
    "Olsen",
    "Poulsen",
    "Rasmussen",
    "Skov",
    "Sørensen",
    "Thomsen",
    "Østergaard",
];
const STREETS: [&str; 20] = [
    "Bakkevej",
    "Birkealle",
    "Damvej",
    "Engvej",
    "Fabriksvej",
    "Gartnervænget",
    "Havnegade",
    "Industrivej",
    "Jernbanegade",
    "Kirkestræde",
    "Lindevej",
    "Møllevej",
    "Nørregade",
    "Rosenvænget",
    "Skolegade",
    "Stationsvej",
    "Søndergade",
    "Torvet",
    "Vestergade",
    "Åboulevarden",
];
const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// A citizen.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub name: String,
    pub cpr: MadeUpCpr,
}

/// A company or an authority.
#[derive(Debug, Clone)]
pub(super) struct Organisation {
    pub name: String,
    pub cvr: Cvr,
}

pub(super) fn person(chance: &mut Chance) -> Person {
    let name = name(chance);
    Person { name, cpr: MadeUpCpr::new(chance.below(MadeUpCpr::COUNT)) }
}

/// A first and a last name.
pub(super) fn name(chance: &mut Chance) -> String {
    format!("{} {}", first_name(chance), pick(chance, &LAST_NAMES))
}

pub(super) fn first_name(chance: &mut Chance) -> &'static str {
    pick(chance, &FIRST_NAMES)
}

/// A street and a house in it.
pub(super) fn address(chance: &mut Chance) -> String {
    let street = pick(chance, &STREETS);
    format!("{street} {}", chance.between(1, 98))
}

pub(super) fn street(chance: &mut Chance) -> &'static str {
    pick(chance, &STREETS)
}

/// A number plate of seven characters that no car can have, since Ø is not used on plates.
pub(super) fn licence_plate(chance: &mut Chance) -> String {
    format!("ØV{:05}", chance.between(10_000, 99_999))
}

/// An amount in kroner: "12.450,00".
pub(super) fn amount(chance: &mut Chance) -> String {
    format!("{}.{:03},00", chance.between(1, 48), chance.below(1000) / 5 * 5)
}

/// A day in words: "3. november 2026".
pub(super) fn day(day: jiff::civil::Date) -> String {
    let month = MONTHS.get(usize::from(day.month().unsigned_abs()).saturating_sub(1)).copied().unwrap_or_default();
    format!("{}. {month} {}", day.day(), day.year())
}

/// The CVR number of what has that name: always the same, with a proper check digit, and never a real one.
pub(super) fn made_up_cvr(name: &str) -> Cvr {
    /// Real numbers begin with 1 or more.
    const FIRST_REAL: u32 = 10_000_000;
    const ENOUGH: u32 = 1_000;
    let from = Chance::new(0, name, 0).below(FIRST_REAL - ENOUGH);
    let numbers = (from..).filter_map(Cvr::of_number);
    let mut sound = numbers.take(ENOUGH as usize).filter(|cvr| cvr.has_valid_check_digit());
    sound.next().expect("one of eleven numbers or so has a proper check digit")
}

pub(super) fn organisation(name: String) -> Organisation {
    Organisation { cvr: made_up_cvr(&name), name }
}

fn pick(chance: &mut Chance, of: &[&'static str]) -> &'static str {
    chance.one(of).copied().unwrap_or_default()
}
