//! Which organisations write as which kind of writer.

use super::Writer;
use super::chance::Chance;
use super::people::{Organisation, organisation, street};
use crate::rules::{Authority, Criterion, Cvr, KnownAuthority, RuleBook, Segment};

const EMPLOYERS: [&str; 10] = [
    "Bageriet Kringlen ApS",
    "Buslinjen Øst A/S",
    "Elfirmaet Strøm & Søn",
    "Fiskehuset Nordhavn ApS",
    "Frisør Saksen I/S",
    "Hotel Havudsigt A/S",
    "Malerfirmaet Penslen ApS",
    "Maskinfabrikken Drejebænken A/S",
    "Rengøring Blank ApS",
    "Supermarkedet Torvet A/S",
];
const BUILDERS: [&str; 6] = [
    "Arkitekterne Streg & Flade ApS",
    "Entreprenørfirmaet Grus A/S",
    "Murermester Mørtel ApS",
    "Tegnestuen Kvisten I/S",
    "Tømrerfirmaet Spær & Lægte ApS",
    "Landinspektørerne Skel ApS",
];
const HOUSING_ASSOCIATIONS: [&str; 4] = [
    "Boligforeningen Fredens Vang",
    "Boligselskabet Åparken",
    "Andelsboligforeningen Lindehøj",
    "Ejerforeningen Havnefronten",
];
const COMPANIES: [&str; 12] = [
    "Advokaterne ved Torvet I/S",
    "Bedemand Fred & Ro",
    "Dyrlægerne Hov & Klov ApS",
    "Ejendomsmægler Hjørnet ApS",
    "Fjernvarmeværket A.m.b.a.",
    "Gartneriet Grønne Fingre ApS",
    "Grafisk Hus ApS",
    "Kantinefirmaet Madkassen A/S",
    "Kontorforsyningen A/S",
    "Revisionsfirmaet Bilag & Bundlinje",
    "Sommerhusudlejningen Klitten ApS",
    "Taxaselskabet Nordlys A/S",
];
const INSPECTIONS: [&str; 3] = ["Synshallen Fabriksvej ApS", "Bilsyn Nord A/S", "Syn & Omsyn ApS"];
const AUTHORITIES: [&str; 8] = [
    "Region Nordvest",
    "Nabokøbing Kommune",
    "Sønderlev Kommune",
    "Vesterholm Kommune",
    "Familieretten i Nordlev",
    "Klagenævnet for Øvelser",
    "Styrelsen for Eksempler",
    "Nordlev Politi",
];
const POLICE: &str = "Politiet, attester";
const STATISTICS: &str = "Danmarks Statistik";
const BENEFITS: &str = "Udbetaling Danmark";

/// The organisations that write to an authority: made-up ones, and those that its rule book knows.
#[derive(Debug)]
pub(super) struct Senders {
    known: Vec<Known>,
    /// Companies that rules look for by their numbers.
    ruled_companies: Vec<Organisation>,
}

#[derive(Debug)]
struct Known {
    organisation: Organisation,
    writer: Writer,
}

/// Who writes, and whether the rule book knows it for an authority.
#[derive(Debug)]
pub(super) struct Sender {
    pub organisation: Organisation,
    pub is_known: bool,
}

impl Senders {
    pub fn of(book: &RuleBook, to: &Authority) -> Self {
        let others = book.authorities.iter().filter(|other| other.cvr != to.cvr);
        let others = others.map(|other| KnownAuthority { cvr: other.cvr, name: other.name.clone() });
        let known = book.known_authorities.iter().cloned().chain(others);
        let known = known.filter(|it| to.cvrs().all(|own| own != it.cvr)).map(|it| known_sender(&it, to));
        let authorities = book.authority_cvrs();
        let mut companies: Vec<Cvr> = ruled(to, |segment| segment != Segment::Authority).collect();
        companies.retain(|cvr| !authorities.contains(cvr));
        companies.sort_unstable();
        companies.dedup();
        Self {
            known: known.collect(),
            ruled_companies: companies
                .into_iter()
                .map(|cvr| Organisation { name: format!("Virksomheden {cvr}"), cvr })
                .collect(),
        }
    }

    /// An organisation of that kind; `None` for citizens, who are none.
    pub fn one(&self, writer: Writer, chance: &mut Chance) -> Option<Sender> {
        let made_up = |name: &str| Sender { organisation: organisation(name.to_owned()), is_known: false };
        let of = |chance: &mut Chance, names: &[&str]| made_up(chance.one(names).copied().unwrap_or_default());
        Some(match writer {
            Writer::Citizen => return None,
            Writer::Doctor => made_up(&format!("Lægerne {}", street(chance))),
            Writer::VehicleInspection => of(chance, &INSPECTIONS),
            Writer::Builder => of(chance, &BUILDERS),
            Writer::HousingAssociation => of(chance, &HOUSING_ASSOCIATIONS),
            Writer::Employer => of(chance, &EMPLOYERS),
            Writer::Company => match chance.one(&self.ruled_companies).filter(|_| chance.percent(35)) {
                Some(company) => Sender { organisation: company.clone(), is_known: false },
                None => of(chance, &COMPANIES),
            },
            Writer::CriminalRecords | Writer::ChildrensRecords => {
                self.known(writer, chance).unwrap_or_else(|| made_up(POLICE))
            }
            Writer::Statistics => self.known(writer, chance).unwrap_or_else(|| made_up(STATISTICS)),
            Writer::BenefitsAuthority => self.known(writer, chance).unwrap_or_else(|| made_up(BENEFITS)),
            Writer::Authority => {
                let known = if chance.percent(70) { self.known(writer, chance) } else { None };
                known.unwrap_or_else(|| of(chance, &AUTHORITIES))
            }
        })
    }

    fn known(&self, writer: Writer, chance: &mut Chance) -> Option<Sender> {
        // The police sends both kinds of records.
        let writer = if writer == Writer::ChildrensRecords { Writer::CriminalRecords } else { writer };
        let such: Vec<_> = self.known.iter().filter(|known| known.writer == writer).collect();
        let known = chance.one(&such)?;
        Some(Sender { organisation: known.organisation.clone(), is_known: true })
    }
}

/// The CVR numbers of senders that the authority's rules look for.
fn ruled(authority: &Authority, of: impl Fn(Segment) -> bool) -> impl Iterator<Item = Cvr> {
    authority.rules.iter().filter(move |rule| of(rule.segment)).filter_map(|rule| match rule.criterion {
        Criterion::SenderCvr(cvr) => Some(cvr),
        _ => None,
    })
}

/// What an authority sends is told by its name, or else by the notes of rules on its number.
fn known_sender(known: &KnownAuthority, to: &Authority) -> Known {
    const KINDS: [(&str, Writer, &str); 5] = [
        ("statistik", Writer::Statistics, STATISTICS),
        ("politi", Writer::CriminalRecords, POLICE),
        ("kriminalregist", Writer::CriminalRecords, POLICE),
        ("attest", Writer::CriminalRecords, POLICE),
        ("udbetaling", Writer::BenefitsAuthority, BENEFITS),
    ];
    let on_it = |criterion: &Criterion| *criterion == Criterion::SenderCvr(known.cvr);
    let notes = to.rules.iter().filter(|rule| on_it(&rule.criterion)).map(|rule| rule.note.to_lowercase());
    let said: Vec<String> = std::iter::once(known.name.to_lowercase()).chain(notes).collect();
    let kind = said.iter().find_map(|words| KINDS.iter().find(|(word, ..)| words.contains(word)));
    let (writer, usual_name) = kind.map_or((Writer::Authority, "Myndigheden"), |(_, writer, name)| (*writer, *name));
    let name = if known.name.trim().is_empty() { usual_name.to_owned() } else { known.name.clone() };
    Known { organisation: Organisation { name, cvr: known.cvr }, writer }
}
