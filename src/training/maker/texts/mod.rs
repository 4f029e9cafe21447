//! The letters: what each kind of writer writes, in Danish, with gaps for names, days and amounts.

mod citizens;
mod organisations;

use super::{Subject, Writer};

/// A letter with gaps, such as `{navn}`, which is who writes.
#[derive(Debug)]
pub(super) struct Template {
    pub subject: Subject,
    /// How often it is written, compared with others of the same writer.
    pub weight: u32,
    pub label: &'static str,
    pub text: &'static str,
    /// Attachments: what each is, its file's name, and what is in it.
    pub attachments: &'static [(&'static str, &'static str, &'static str)],
}

/// What such writers write.
pub(super) fn of(writer: Writer) -> &'static [Template] {
    match writer {
        Writer::Citizen => citizens::LETTERS,
        Writer::Doctor => organisations::DOCTORS,
        Writer::Employer => organisations::EMPLOYERS,
        Writer::Builder => organisations::BUILDERS,
        Writer::HousingAssociation => organisations::HOUSING_ASSOCIATIONS,
        Writer::Company => organisations::COMPANIES,
        Writer::VehicleInspection => organisations::VEHICLE_INSPECTIONS,
        Writer::CriminalRecords => organisations::CRIMINAL_RECORDS,
        Writer::ChildrensRecords => organisations::CHILDRENS_RECORDS,
        Writer::Statistics => organisations::STATISTICS,
        Writer::BenefitsAuthority => organisations::BENEFITS,
        Writer::Authority => organisations::AUTHORITIES,
    }
}

/// What anybody can write about anything.
pub(super) const GENERAL: &Template = &Template {
    subject: Subject::Other,
    weight: 1,
    label: "Henvendelse om {emne}",
    text: "Til {kommune}\n\nVi har brug for svar på et spørgsmål om {emne}. Send det gerne til os i Digital Post, eller ring, \
           hvis noget er uklart.\n\nMed venlig hilsen\n{navn}",
    attachments: &[],
};

/// How replies begin, before the signature.
pub(super) const REPLIES: [&str; 4] = [
    "Tak for jeres brev af {dato}. Her er de oplysninger, I bad om.",
    "Vi skriver som svar på jeres brev af {dato}. Vi er enige i det, I skriver, og har ikke flere bemærkninger.",
    "Tak for svaret. Der er dog en fejl i jeres brev af {dato}: Beløbet skulle være {kr} kr. Ret det venligst.",
    "Jeg kan ikke nå den frist, I gav i brevet af {dato}. Kan jeg få 14 dage mere?",
];

/// What stands before a letter that is forwarded.
pub(super) const FORWARDED: &str = "Brevet herunder er kommet til os, men hører til hos jer. Vi sender det derfor videre.\n\n--- Oprindelig meddelelse ---\n";

/// The text with its gaps filled. What fills them is not looked at again.
pub(super) fn filled(text: &str, gaps: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let gap = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = gaps.iter().find(|(known, _)| *known == name)?;
            Some((value.as_str(), after))
        });
        let (value, after) = gap.unwrap_or(("{", after));
        filled.push_str(value);
        rest = after;
    }
    filled + rest
}

const fn letter(subject: Subject, weight: u32, label: &'static str, text: &'static str) -> Template {
    Template { subject, weight, label, text, attachments: &[] }
}

impl Template {
    const fn with(self, attachments: &'static [(&'static str, &'static str, &'static str)]) -> Self {
        Self { attachments, ..self }
    }
}
