/// What a message is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Nurseries and kindergartens.
    Childcare,
    /// Schools and what pupils do after school.
    School,
    /// Permits to build.
    Building,
    /// Properties and their registers.
    Property,
    /// Benefits for those who are ill.
    SicknessBenefit,
    /// Benefits for those without other means.
    CashBenefit,
    /// Pensions.
    Pension,
    /// Finding work.
    Employment,
    /// Care of the old.
    ElderlyCare,
    /// Help for people with a disability.
    Disability,
    /// Help for children and families.
    ChildAndFamily,
    /// Homes.
    Housing,
    /// Roads.
    Roads,
    /// Parking.
    Parking,
    /// Waste.
    Waste,
    /// The environment.
    Environment,
    /// Waste water and streams.
    WasteWater,
    /// Culture, sports and libraries.
    Leisure,
    /// Passports, addresses and the like.
    CivicService,
    /// Taxes on property.
    Tax,
    /// Health and teeth.
    Health,
    /// The municipality's own vehicles.
    Vehicles,
    /// Criminal records of those whom the municipality wants to employ.
    CriminalRecord,
    /// Records of those who are to work with children.
    ChildrensRecord,
    /// Figures that the municipality owes Danmarks Statistik, or gets from it.
    Statistics,
    /// Refunds to employers.
    Refund,
    /// Invoices and tenders.
    Procurement,
    /// Anything else.
    Other,
}

/// What is known of a subject.
#[derive(Debug)]
pub(super) struct SubjectFacts {
    /// In Danish, as it stands in a sentence.
    pub danish: &'static str,
    /// Its KLE numbers, the most usual first, with what they mean.
    pub kle: &'static [(&'static str, &'static str)],
    /// Its FORM numbers.
    pub form: &'static [(&'static str, &'static str)],
    /// In lower case, the words in a contact point's title or search terms by which it is about this.
    pub words: &'static [&'static str],
}

impl Subject {
    /// Every subject, in the order in which screens offer them.
    pub const ALL: [Self; 28] = [
        Self::Childcare,
        Self::School,
        Self::Building,
        Self::Property,
        Self::SicknessBenefit,
        Self::CashBenefit,
        Self::Pension,
        Self::Employment,
        Self::ElderlyCare,
        Self::Disability,
        Self::ChildAndFamily,
        Self::Housing,
        Self::Roads,
        Self::Parking,
        Self::Waste,
        Self::Environment,
        Self::WasteWater,
        Self::Leisure,
        Self::CivicService,
        Self::Tax,
        Self::Health,
        Self::Vehicles,
        Self::CriminalRecord,
        Self::ChildrensRecord,
        Self::Statistics,
        Self::Refund,
        Self::Procurement,
        Self::Other,
    ];

    pub(super) fn facts(self) -> &'static SubjectFacts {
        &FACTS[self as usize]
    }
}

const fn about(
    danish: &'static str,
    kle: &'static [(&'static str, &'static str)],
    form: &'static [(&'static str, &'static str)],
    words: &'static [&'static str],
) -> SubjectFacts {
    SubjectFacts { danish, kle, form, words }
}

/// In the order of [`Subject::ALL`].
static FACTS: [SubjectFacts; 28] = [
    about(
        "dagtilbud",
        &[("28.06.00", "Optagelse i dagtilbud i almindelighed"), ("28.09.00", "Betaling for dagtilbud")],
        &[("24.05.10", "Optagelse i dagtilbud")],
        &["dagtilbud", "pladsanvisning", "vuggestue", "børnehave", "dagpleje", "dagplejen"],
    ),
    about(
        "skole og SFO",
        &[("17.01.05", "Indskrivning i folkeskolen"), ("17.02.00", "Folkeskolens undervisning")],
        &[("10.05.10", "Folkeskole")],
        &["skole", "sfo", "fritidsordning", "undervisning", "ppr", "indskrivning"],
    ),
    about(
        "byggesag",
        &[("02.34.02", "Byggetilladelse"), ("02.34.04", "Ibrugtagning"), ("02.00.00", "Byggeri i almindelighed")],
        &[("54.05.10", "Byggesagsbehandling")],
        &["byggesag", "byggetilladelse", "byggeri", "byg ", "carport", "tilbygning", "nedrivning"],
    ),
    about(
        "ejendom og BBR",
        &[("02.01.00", "Bygnings- og Boligregistret"), ("82.00.00", "Kommunens ejendomme")],
        &[("54.10.05", "Ejendomsregistre")],
        &["bbr", "ejendom", "landinspektør", "lokalplan", "byplan"],
    ),
    about(
        "sygedagpenge",
        &[("32.39.04", "Sygedagpenge"), ("32.30.08", "Opfølgning på sygedagpenge")],
        &[("14.10.05", "Sygedagpenge")],
        &["sygedagpenge", "sygemelding", "ksd"],
    ),
    about(
        "kontanthjælp",
        &[("32.24.00", "Kontanthjælp"), ("32.27.00", "Uddannelseshjælp"), ("32.18.04", "Enkeltydelser")],
        &[("14.15.05", "Forsørgelsesydelser")],
        &["kontanthjælp", "uddannelseshjælp", "ydelse", "enkeltydelse", "ky"],
    ),
    about(
        "pension",
        &[("32.03.00", "Pension i almindelighed"), ("32.03.12", "Helbredstillæg")],
        &[("26.20.05", "Pension")],
        &["pension", "helbredstillæg", "boligstøtte", "udbetaling"],
    ),
    about(
        "beskæftigelse",
        &[("15.20.00", "Beskæftigelsesindsats"), ("15.00.00", "Arbejdsmarked i almindelighed")],
        &[("14.05.10", "Beskæftigelsesindsats")],
        &["job", "jobcenter", "beskæftigelse", "virksomhedsservice", "fleksjob", "praktik", "ledig"],
    ),
    about(
        "hjemmepleje",
        &[("27.36.04", "Hjemmehjælp"), ("27.36.00", "Pleje og omsorg i almindelighed"), ("27.42.00", "Plejebolig")],
        &[("26.10.05", "Personlig og praktisk hjælp")],
        &["pleje", "visitation", "hjemmehjælp", "ældre", "senior", "omsorg", "sygepleje"],
    ),
    about(
        "handicap og hjælpemidler",
        &[("27.60.00", "Hjælpemidler"), ("27.57.00", "Merudgifter")],
        &[("26.15.05", "Hjælpemidler")],
        &["handicap", "hjælpemid", "merudgift", "ledsag", "botilbud", "psykiatri"],
    ),
    about(
        "børn og familie",
        &[("34.08.00", "Støtte til børn og unge"), ("34.12.00", "Underretninger")],
        &[("26.05.05", "Børn og unge")],
        &["familie", "underretning", "barnets", "børn og unge", "anbring", "børnehandicap"],
    ),
    about(
        "bolig",
        &[("03.00.00", "Boliger i almindelighed"), ("03.02.00", "Almene boliger")],
        &[("54.15.05", "Boliger")],
        &["bolig", "boligsocial", "indskudslån", "beboer"],
    ),
    about(
        "veje",
        &[("05.01.00", "Veje i almindelighed"), ("05.13.00", "Gravetilladelser"), ("05.02.00", "Vintertjeneste")],
        &[("58.05.10", "Veje")],
        &["vej", "trafik", "gravetilladelse", "fortov", "vintertjeneste", "belysning"],
    ),
    about(
        "parkering",
        &[("05.09.00", "Parkering")],
        &[("58.10.05", "Parkering")],
        &["parkering", "p-afgift", "beboerlicens"],
    ),
    about(
        "affald",
        &[("07.18.00", "Renovation"), ("07.00.00", "Affald i almindelighed")],
        &[("37.10.05", "Affald")],
        &["affald", "renovation", "genbrug", "storskrald", "dagrenovation"],
    ),
    about(
        "miljø",
        &[("09.02.08", "Tilsyn med virksomheder"), ("09.08.00", "Jordforurening"), ("01.05.00", "Naturbeskyttelse")],
        &[("37.05.10", "Miljøtilsyn")],
        &["miljø", "natur", "tilsyn", "forurening", "landbrug", "rotte", "klima"],
    ),
    about(
        "spildevand",
        &[("06.01.10", "Spildevandsanlæg"), ("06.02.00", "Vandløb")],
        &[("37.15.05", "Spildevand")],
        &["spildevand", "vandløb", "kloak", "dræn", "vand"],
    ),
    about(
        "kultur og fritid",
        &[("18.15.00", "Lokaletilskud"), ("20.00.00", "Kultur i almindelighed"), ("21.00.00", "Biblioteker")],
        &[("17.05.10", "Idræt og fritid")],
        &["kultur", "fritid", "bibliotek", "musikskole", "idræt", "forening", "folkeoplysning", "museum"],
    ),
    about(
        "borgerservice",
        &[("23.05.00", "Folkeregister"), ("23.03.00", "Pas og kørekort")],
        &[("08.05.10", "Folkeregistrering")],
        &["borgerservice", "folkeregister", "pas", "kørekort", "sundhedskort", "vielse", "valg"],
    ),
    about(
        "ejendomsskat",
        &[("25.02.00", "Ejendomsskat"), ("25.00.00", "Beskatning i almindelighed")],
        &[("30.05.10", "Ejendomsskatter")],
        &["skat", "opkrævning", "betaling", "restance"],
    ),
    about(
        "sundhed og tandpleje",
        &[("29.15.00", "Tandpleje"), ("29.30.00", "Genoptræning")],
        &[("20.05.10", "Forebyggelse og genoptræning")],
        &["sundhed", "tand", "genoptræning", "sundhedspleje", "rusmiddel"],
    ),
    about(
        "syn af køretøj",
        &[("83.05.00", "Kommunens køretøjer")],
        &[("63.05.10", "Køretøjer")],
        &["køretøj", "materielgård", "bilpark", "driftsmid"],
    ),
    about(
        "straffeattest",
        &[("81.03.04", "Ansættelse: straffeattest"), ("81.00.00", "Kommunens personale i almindelighed")],
        &[("60.05.10", "Ansættelse")],
        &["straffeattest", "personale", "løn", "hr", "ansættelse"],
    ),
    about("børneattest", &[("81.03.08", "Ansættelse: børneattest")], &[("60.05.15", "Børneattest")], &["børneattest"]),
    about(
        "indberetning til statistik",
        &[("00.13.00", "Statistik"), ("00.30.00", "Økonomi")],
        &[("06.10.05", "Statistik")],
        &["statistik", "økonomi", "regnskab", "budget", "indberetning"],
    ),
    about(
        "refusion",
        &[("32.39.08", "Refusion til arbejdsgivere")],
        &[("14.10.10", "Refusion")],
        &["refusion", "arbejdsgiver", "barsel"],
    ),
    about(
        "indkøb og fakturaer",
        &[("88.02.00", "Indkøb"), ("88.08.00", "Udbud")],
        &[("63.10.05", "Indkøb og udbud")],
        &["indkøb", "udbud", "faktura", "leverandør", "regning"],
    ),
    about(
        "en henvendelse",
        &[("00.01.00", "Kommunens styrelse i almindelighed")],
        &[("65.05.10", "Kommunikation")],
        &[],
    ),
];
