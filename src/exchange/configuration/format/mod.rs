//! The keys of a configuration file. The reader, the schema and the reference are all made from these tables.

mod guard;
mod shape;

pub(in crate::exchange::configuration) use self::guard::{
    FACTS, GUARD, POST_TYPES_OF_MESSAGES, SENDER_TYPES, SenderType,
};
pub(in crate::exchange) use self::shape::{Key, Shape, Value};
use self::shape::{optional, required, words};
use crate::rules::{Audience, Classification, CriterionKind, FormNumbers, KleNumbers, PostType, Seconds, Segment};

/// What the key `format` of a configuration file says.
pub(in crate::exchange::configuration) const FORMAT: &str = "postfordeler-konfiguration";
/// What its key `version` says.
pub(in crate::exchange::configuration) const VERSION: u64 = 1;

/// Every object of the format, the file itself first.
pub(in crate::exchange::configuration) static SHAPES: [&Shape; 13] = [
    &FILE,
    &KNOWN_AUTHORITY,
    &AUTHORITY,
    &FAGSYSTEM,
    &TIME_LIMITS,
    &HEADER_ACCESS,
    &CERTIFICATE_ACCESS,
    &CONTACT_POINT,
    &CONTACT_GROUP,
    &POINT_CODE,
    &RULE,
    &GUARD,
    &FACTS,
];

pub(in crate::exchange::configuration) static FILE: Shape = Shape {
    name: "konfiguration",
    english: "The file",
    danish: "Filen",
    keys: &[
        required("format", Value::Word(FORMAT), "What the file is.", "Hvad filen er."),
        required("version", Value::Exactly(VERSION), "The version of the format.", "Formatets version."),
        optional(
            "kendteMyndigheder",
            Value::List(&Value::Either(&Value::Cvr, &Value::Object(&KNOWN_AUTHORITY))),
            "[]",
            "Senders that count as authorities besides those of the file, so that the segment `myndighed` includes them; each \
             once.",
            "Afsendere, der regnes som myndigheder ud over filens egne, så segmentet `myndighed` omfatter dem; hver én gang.",
        ),
        required(
            "myndigheder",
            Value::List(&Value::Object(&AUTHORITY)),
            "The authorities that receive. No CVR number may belong to two of them.",
            "De myndigheder, der modtager. Intet CVR-nummer må høre til to af dem.",
        ),
    ],
};

pub(in crate::exchange::configuration) static KNOWN_AUTHORITY: Shape = Shape {
    name: "kendtMyndighed",
    english: "A known authority",
    danish: "En kendt myndighed",
    keys: &[
        required("cvr", Value::Cvr, "Its CVR number.", "Dens CVR-nummer."),
        optional("navn", Value::Text, "\"\"", "What people call it.", "Hvad man kalder den."),
    ],
};

pub(in crate::exchange::configuration) static AUTHORITY: Shape = Shape {
    name: "myndighed",
    english: "An authority that receives",
    danish: "En myndighed, der modtager",
    keys: &[
        required("cvr", Value::Cvr, "Its main CVR number.", "Dens vigtigste CVR-nummer."),
        required("navn", Value::Text, "What people call it.", "Hvad man kalder den."),
        optional(
            "flereCvr",
            Value::List(&Value::Cvr),
            "[]",
            "Other CVR numbers that it receives mail for.",
            "Flere CVR-numre, den modtager post for.",
        ),
        required(
            "opsamlingssystem",
            Value::SomeText,
            "The default recipient: the id of the business system that gets what no rule covers.",
            "Opsamlingssystemet: id på det fagsystem, der får det, som ingen regel dækker.",
        ),
        required(
            "fagsystemer",
            Value::List(&Value::Object(&FAGSYSTEM)),
            "Its business systems, each id once.",
            "Dens fagsystemer, hvert id én gang.",
        ),
        optional(
            "kontaktpunkter",
            Value::List(&Value::Object(&CONTACT_POINT)),
            "[]",
            "Its contact points, each id once. A rule on a contact point that is not listed is not an error, but a warning.",
            "Dens kontaktpunkter, hvert id én gang. En regel på et, der ikke er her, er ingen fejl, men en advarsel.",
        ),
        required(
            "regler",
            Value::List(&Value::Object(&RULE)),
            "Its rules, each priority once. The order in the file does not matter.",
            "Dens regler, hver prioritet én gang. Rækkefølgen i filen er uden betydning.",
        ),
        optional(
            "vagtmeddelelser",
            Value::List(&Value::Object(&GUARD)),
            "[]",
            "Its guards, each name once. A configuration in which one is broken is not published without a reason.",
            "Dens vagtmeddelelser, hvert navn én gang. En konfiguration, der bryder en, udgives ikke uden en grund.",
        ),
    ],
};

pub(in crate::exchange::configuration) static FAGSYSTEM: Shape = Shape {
    name: "fagsystem",
    english: "A business system",
    danish: "Et fagsystem",
    keys: &[
        required("id", Value::SomeText, "The id that rules name it by.", "Det id, regler nævner det ved."),
        required("navn", Value::Text, "What people call it.", "Hvad man kalder det."),
        required(
            "endpoint",
            Value::Endpoint,
            "Where it receives: an `https` address, or `http` on this machine (elsewhere mail would go unencrypted, and there is \
             a warning). Without user name and password.",
            "Hvor det modtager: en `https`-adresse, eller `http` på denne maskine (andre steder ville posten gå ukrypteret, \
             hvilket der advares om). Uden brugernavn og adgangskode.",
        ),
        optional(
            "aktiv",
            Value::Switch,
            "true",
            "`false`: it is paused. Its mail stays with Digital Post until it is resumed, and goes to no other system.",
            "`false`: Det er på pause. Dets post bliver hos Digital Post, til det er i brug igen, og går ikke til andre.",
        ),
        optional(
            "adgang",
            Value::Access,
            "null",
            "What the router shows when it delivers; `null`: nothing. The secret itself is never in the file: see \
             `postfordeler secret`.",
            "Hvad routeren viser, når den afleverer; `null`: intet. Selve hemmeligheden står aldrig i filen: se \
             `postfordeler secret`.",
        ),
        optional(
            "tidsgraenser",
            Value::Object(&TIME_LIMITS),
            "null",
            "How long it has, if that differs from the router's own limits.",
            "Hvor lang tid det har, hvis det afviger fra routerens egne grænser.",
        ),
        optional(
            "kontaktperson",
            Value::Text,
            "\"\"",
            "Whom to contact when it does not work as it should.",
            "Hvem man henvender sig til, når det ikke gør, som det skal.",
        ),
        optional("note", Value::Text, "\"\"", "A note to colleagues.", "En note til kolleger."),
    ],
};

pub(in crate::exchange::configuration) static TIME_LIMITS: Shape = Shape {
    name: "tidsgraenser",
    english: "Time limits of a business system",
    danish: "Et fagsystems tidsgrænser",
    keys: &[
        optional(
            "forbindelse",
            SECONDS,
            "null",
            "Seconds to accept a connection; `null`: the router's own limit, 2 unless set otherwise.",
            "Sekunder til at tage imod en forbindelse; `null`: routerens egen grænse, 2 når intet andet er valgt.",
        ),
        optional(
            "svar",
            SECONDS,
            "null",
            "Seconds to answer; `null`: the router's own limit, 30 unless set otherwise. With more than 270, the service's \
             `TimeoutStopSec` must be longer too.",
            "Sekunder til at svare; `null`: routerens egen grænse, 30 når intet andet er valgt. Med mere end 270 skal tjenestens \
             `TimeoutStopSec` også være længere.",
        ),
    ],
};

const SECONDS: Value = Value::Whole { least: 1, most: Seconds::MAX as u64 };

pub(in crate::exchange::configuration) static HEADER_ACCESS: Shape = Shape {
    name: "adgangMedHeader",
    english: "Access by a key in a header",
    danish: "Adgang med en nøgle i en header",
    keys: &[
        required(
            "type",
            Value::Word("header"),
            "A secret value in a header of each request.",
            "En hemmelig værdi i en header ved hvert kald.",
        ),
        optional(
            "navn",
            Value::HeaderName,
            "\"X-Api-Key\"",
            "The header's name. Not one that HTTP itself uses, such as `Host`.",
            "Headerens navn. Ikke en, som HTTP selv bruger, f.eks. `Host`.",
        ),
    ],
};

pub(in crate::exchange::configuration) static CERTIFICATE_ACCESS: Shape = Shape {
    name: "adgangMedKlientcertifikat",
    english: "Access by a client certificate",
    danish: "Adgang med klientcertifikat",
    keys: &[required(
        "type",
        Value::Word("klientcertifikat"),
        "A certificate that the router shows when it opens the connection; requires an `https` address.",
        "Et certifikat, routeren viser, når den åbner forbindelsen; kræver en `https`-adresse.",
    )],
};

pub(in crate::exchange::configuration) static CONTACT_POINT: Shape = Shape {
    name: "kontaktpunkt",
    english: "A contact point",
    danish: "Et kontaktpunkt",
    keys: &[
        required(
            "id",
            Value::SomeText,
            "Its id, by which rules and messages name it. Most ids look like a UUID, but not all. Upper and lower case make no \
             difference.",
            "Dets id, som regler og meddelelser nævner det ved. De fleste ligner et UUID, men ikke alle. Store og små \
             bogstaver er ens.",
        ),
        optional(
            "kontaktgrupper",
            Value::List(&Value::Either(&Value::SomeText, &Value::Object(&CONTACT_GROUP))),
            "[]",
            "The groups that it belongs to: a name, or a name with the groups above it.",
            "De grupper, det er i: et navn, eller et navn med de grupper, der er over den.",
        ),
        optional("titel", Value::Text, "\"\"", "What people call it.", "Hvad man kalder det."),
        optional("beskrivelse", Value::Text, "\"\"", "What it is for.", "Hvad det er til."),
        optional(
            "maalgrupper",
            Value::List(&Value::Choice(|| words(&Audience::WORDS))),
            "[]",
            "Who may write to it; empty: not known.",
            "Hvem der må skrive til det; tom: vides ikke.",
        ),
        optional(
            "maksMB",
            Value::Megabytes,
            "null",
            "The largest message that it accepts, in MB.",
            "Den største meddelelse, det tager, i MB.",
        ),
        optional(
            "maksBilag",
            Value::Whole { least: 0, most: u32::MAX as u64 },
            "null",
            "The most attachments that a message to it may have.",
            "Hvor mange bilag en meddelelse til det må have.",
        ),
        optional("aktivt", Value::Switch, "true", "Whether it can be written to.", "Om man kan skrive til det."),
        optional(
            "synligt",
            Value::Switch,
            "true",
            "Whether those who write can see it.",
            "Om de, der skriver, ser det.",
        ),
        optional(
            "koder",
            Value::List(&Value::Object(&POINT_CODE)),
            "[]",
            "The codes that apply to it.",
            "De koder, der gælder for det.",
        ),
        optional("soegeord", Value::List(&Value::Text), "[]", "Search terms.", "Søgeord."),
        optional(
            "felter",
            Value::List(&Value::Text),
            "[]",
            "The fields that whoever writes is asked to fill in.",
            "De felter, den, der skriver, bliver bedt om at udfylde.",
        ),
    ],
};

pub(in crate::exchange::configuration) static CONTACT_GROUP: Shape = Shape {
    name: "kontaktgruppe",
    english: "A contact group below others",
    danish: "En kontaktgruppe under andre",
    keys: &[
        required(
            "navn",
            Value::SomeText,
            "Its name, by which rules and messages refer to it.",
            "Dens navn, som regler og meddelelser kender den ved.",
        ),
        optional(
            "under",
            Value::List(&Value::SomeText),
            "[]",
            "The groups above it, from the top down; at most 100.",
            "De grupper, der er over den, fra toppen; højst 100.",
        ),
    ],
};

pub(in crate::exchange::configuration) static POINT_CODE: Shape = Shape {
    name: "kode",
    english: "A code of a contact point",
    danish: "Et kontaktpunkts kode",
    keys: &[
        required(
            "type",
            Value::Text,
            "What kind of code: `KLE`, `FORM`, `GLN`, `SOR` or `CUSTOM`.",
            "Hvad slags kode: `KLE`, `FORM`, `GLN`, `SOR` eller `CUSTOM`.",
        ),
        required("kode", Value::Text, "The code.", "Koden."),
        optional("navn", Value::Text, "\"\"", "What it is called.", "Hvad den hedder."),
    ],
};

pub(in crate::exchange::configuration) static RULE: Shape = Shape {
    name: "regel",
    english: "A rule",
    danish: "En regel",
    keys: &[
        required(
            "prioritet",
            Value::Whole { least: 1, most: u32::MAX as u64 },
            "Its number. Of the rules that match a message, the one with the lowest number decides.",
            "Dens nummer. Af de regler, der passer på en meddelelse, afgør den med det laveste nummer.",
        ),
        required(
            "fagsystem",
            Value::SomeText,
            "The id of the business system that gets what it matches.",
            "Id på det fagsystem, der får det, den passer på.",
        ),
        required(
            "segment",
            Value::Choice(|| words(&Segment::WORDS)),
            "Whose mail it applies to: everyone's, persons', companies' or authorities'.",
            "Hvis post den gælder: alles, personers, virksomheders eller myndigheders.",
        ),
        required(
            "regelelement",
            Value::Choice(|| words(&ELEMENTS)),
            "What it looks at in a message: the contact point, the contact group, the sender's or the recipient's CVR number, \
             the KLE or FORM number, or the post type of mail without a contact point.",
            "Hvad den ser på i en meddelelse: kontaktpunktet, kontaktgruppen, afsenderens eller modtagerens CVR-nummer, KLE- \
             eller FORM-nummeret, eller posttypen for post uden kontaktpunkt.",
        ),
        required("regelvaerdi", Value::ByElement, "The value to match.", "Den værdi, der skal passe."),
        required(
            "gyldigFra",
            Value::Date,
            "Its first day, by the date in Denmark.",
            "Dens første dag efter dansk dato.",
        ),
        optional(
            "gyldigTil",
            Value::Date,
            "null",
            "Its last day, not before the first; `null`: no end.",
            "Dens sidste dag, ikke før den første; `null`: ingen slutdato.",
        ),
        optional(
            "aktiv",
            Value::Switch,
            "true",
            "`false`: it is switched off and matches nothing.",
            "`false`: Den er slået fra og passer ikke på noget.",
        ),
        optional("note", Value::Text, "\"\"", "A note to colleagues.", "En note til kolleger."),
    ],
};

/// The kinds of access, by their words.
pub(in crate::exchange::configuration) const ACCESS: [(&str, ConfiguredAccess); 2] =
    [("header", ConfiguredAccess::Header), ("klientcertifikat", ConfiguredAccess::ClientCertificate)];

/// A kind of access.
#[derive(Debug, Clone, Copy)]
pub(in crate::exchange::configuration) enum ConfiguredAccess {
    Header,
    ClientCertificate,
}

impl ConfiguredAccess {
    pub fn shape(self) -> &'static Shape {
        match self {
            Self::Header => &HEADER_ACCESS,
            Self::ClientCertificate => &CERTIFICATE_ACCESS,
        }
    }
}

/// The rule elements, by their words.
pub(in crate::exchange::configuration) const ELEMENTS: [(&str, CriterionKind); 7] = [
    ("kontaktpunkt", CriterionKind::ContactPoint),
    ("kontaktgruppe", CriterionKind::ContactGroup),
    ("afsenderCvr", CriterionKind::SenderCvr),
    ("modtagerCvr", CriterionKind::RecipientCvr),
    ("kle", CriterionKind::Kle),
    ("form", CriterionKind::Form),
    ("udenKontaktpunkt", CriterionKind::NoContactPoint),
];

/// The values of the rule element `udenKontaktpunkt`.
pub(in crate::exchange::configuration) const POST_TYPES: [(&str, PostType); 3] = [
    ("myndighedspost", PostType::Authority),
    ("virksomhedspost", PostType::Company),
    ("ikkeAngivet", PostType::Unspecified),
];

/// The values that `regelvaerdi` may have beside that rule element.
pub(in crate::exchange::configuration) fn value_of(element: CriterionKind) -> Value {
    match element {
        CriterionKind::ContactPoint | CriterionKind::ContactGroup => Value::SomeText,
        CriterionKind::SenderCvr | CriterionKind::RecipientCvr => Value::Cvr,
        CriterionKind::Kle => Value::Interval(KleNumbers::NAME, KleNumbers::PARTS),
        CriterionKind::Form => Value::Interval(FormNumbers::NAME, FormNumbers::PARTS),
        CriterionKind::NoContactPoint => Value::Choice(|| words(&POST_TYPES)),
    }
}
