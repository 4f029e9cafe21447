use super::{Template, letter};
use crate::training::maker::Subject;

pub(super) static DOCTORS: &[Template] = &[
    letter(
        Subject::SicknessBenefit,
        14,
        "Attest til sygedagpengesag",
        "Til {kommune}\n\nHermed den attest, I bad om den {dato}. Patienten er efter min vurdering ikke i stand til at arbejde på fuld \
         tid de næste seks uger.\n\nMed venlig hilsen\n{person}\n{navn}",
    )
    .with(&[("Attest", "attest.txt", "Attest til brug for sygedagpengesag\n\nFunktionsevne: nedsat\nSkånehensyn: ja\nVarighed: 6 uger")]),
    letter(
        Subject::Employment,
        4,
        "Lægeattest til rehabiliteringsteam",
        "Til Jobcentret\n\nHermed lægeattest til mødet i rehabiliteringsteamet. Skånehensyn fremgår af bilaget.\n\n\
         Med venlig hilsen\n{person}\n{navn}",
    )
    .with(&[("Lægeattest", "laegeattest.txt", "Lægeattest til rehabiliteringsteam\n\nSe de enkelte punkter.")]),
    letter(
        Subject::ElderlyCare,
        3,
        "Henvisning til hjemmesygepleje",
        "Til Visitationen\n\nVi beder om hjemmesygepleje til en patient, der er udskrevet den {dato}. Sårpleje to gange om ugen.\n\n\
         Med venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::Health,
        3,
        "Genoptræningsplan",
        "Til Genoptræningen\n\nHermed genoptræningsplan. Patienten er klar til at begynde nu.\n\nMed venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::ChildAndFamily,
        1,
        "Underretning",
        "Til Familieafdelingen\n\nVi er bekymrede for et barn, som vi har set i klinikken den {dato}. Ring til os.\n\n\
         Med venlig hilsen\n{person}\n{navn}",
    ),
];

pub(super) static EMPLOYERS: &[Template] = &[
    letter(
        Subject::Refund,
        10,
        "Anmodning om refusion af sygedagpenge",
        "Til {kommune}\n\nVi søger om refusion for en medarbejder, der har været syg i mere end 30 dage. Lønnen i perioden er på \
         {kr} kr.\n\nMed venlig hilsen\n{person}\n{navn}",
    )
    .with(&[("Lønoplysninger", "loenoplysninger.txt", "Lønoplysninger\n\nTimer om ugen: 37\nLøn i perioden: se brevet")]),
    letter(
        Subject::Refund,
        4,
        "Refusion ved barsel",
        "Til {kommune}\n\nVi har betalt løn under barsel og søger om refusion på {kr} kr.\n\nMed venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::SicknessBenefit,
        3,
        "Sygemelding af medarbejder",
        "Til Sygedagpenge\n\nVores medarbejder er syg fra den {dato}. Mulighedserklæringen er vedlagt.\n\n\
         Med venlig hilsen\n{person}\n{navn}",
    )
    .with(&[("Mulighedserklæring", "mulighedserklaering.txt", "Mulighedserklæring\n\nMedarbejderen kan arbejde 10 timer om ugen.")]),
    letter(
        Subject::Employment,
        2,
        "Ansøgning om løntilskud",
        "Til Jobcentret\n\nVi vil gerne ansætte en ledig med løntilskud fra den 1. i næste måned. Hvad skal vi udfylde?\n\n\
         Med venlig hilsen\n{person}\n{navn}",
    ),
];

pub(super) static BUILDERS: &[Template] = &[
    letter(
        Subject::Building,
        10,
        "Ansøgning om byggetilladelse, {vej}",
        "Til Byggesag\n\nPå vegne af ejeren søger vi om tilladelse til en tilbygning på {vej}. Tegninger og brandstrategi er \
         vedlagt.\n\nMed venlig hilsen\n{person}\n{navn}",
    )
    .with(&[
        ("Tegninger", "tegninger.txt", "Plan, snit og facader\n\nMål 1:100"),
        ("Brandstrategi", "brandstrategi.txt", "Brandstrategi\n\nBrandklasse 1. Risikoklasse 1."),
    ]),
    letter(
        Subject::Building,
        4,
        "Færdigmelding, {vej}",
        "Til Byggesag\n\nByggeriet på {vej} er færdigt. Vi beder om ibrugtagningstilladelse.\n\nMed venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::Property,
        3,
        "Udstykning ved {vej}",
        "Til {kommune}\n\nVi sender sagen om udstykning ved {vej} til erklæring.\n\nMed venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::Roads,
        3,
        "Gravetilladelse, {vej}",
        "Til Vej og Trafik\n\nVi skal grave i fortovet ved {vej} fra den {dato} og søger om tilladelse i fem dage.\n\n\
         Med venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::WasteWater,
        2,
        "Tilslutning til kloak, {vej}",
        "Til Spildevand\n\nVi søger om tilladelse til at koble det nye hus på {vej} til kloakken.\n\nMed venlig hilsen\n{person}\n{navn}",
    ),
];

pub(super) static HOUSING_ASSOCIATIONS: &[Template] = &[
    letter(
        Subject::Housing,
        6,
        "Ledig bolig til anvisning",
        "Til {kommune}\n\nVi har en ledig bolig på {vej} til kommunal anvisning. Indskuddet er på {kr} kr. Svar os inden otte dage.\n\n\
         Med venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::Housing,
        3,
        "Underretning om udsættelse",
        "Til {kommune}\n\nVi skal oplyse, at fogedretten den {dato} har behandlet en udsættelse af en lejer på {vej}.\n\n\
         Med venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::Waste,
        2,
        "Nye containere, {vej}",
        "Til Affald\n\nVi vil have nye containere til pap og plast på {vej}. Hvornår kan de komme?\n\nMed venlig hilsen\n{person}\n{navn}",
    ),
];

pub(super) static COMPANIES: &[Template] = &[
    letter(
        Subject::Procurement,
        8,
        "Betalingspåmindelse, faktura {tal}",
        "Til {kommune}\n\nVi har ikke fået betaling for faktura {tal} på {kr} kr. Send os besked, hvis noget er galt med den.\n\n\
         Med venlig hilsen\n{person}\n{navn}",
    )
    .with(&[("Kontoudtog", "kontoudtog.txt", "Kontoudtog\n\nForfaldne fakturaer: 1")]),
    letter(
        Subject::Procurement,
        3,
        "Spørgsmål til udbud",
        "Til Indkøb\n\nVi har et spørgsmål til jeres udbud: Skal priserne være med eller uden levering?\n\n\
         Med venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::Environment,
        3,
        "Svar på miljøtilsyn",
        "Til Miljø\n\nVi sender hermed de målinger, I bad om ved tilsynet den {dato}.\n\nMed venlig hilsen\n{person}\n{navn}",
    )
    .with(&[("Målinger", "maalinger.txt", "Målinger\n\nStøj ved skel: 42 dB. Udledning: under grænsen.")]),
    letter(
        Subject::Property,
        3,
        "Oplysninger til hushandel, {vej}",
        "Til {kommune}\n\nVi skal bruge oplysninger om ejendommen på {vej} til en handel. Er der restancer eller påbud?\n\n\
         Med venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::Tax,
        2,
        "Ejendomsskat ved handel",
        "Til Opkrævningen\n\nVi beder om en opgørelse af ejendomsskatten på {vej} pr. {dato}.\n\nMed venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::Parking,
        1,
        "Beboerlicens til firmabil",
        "Til Parkering\n\nVi søger om licens til vores firmabil {plade}.\n\nMed venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::Other,
        3,
        "Henvendelse til {kommune}",
        "Til {kommune}\n\nHvem hos jer kan svare på et spørgsmål om vores aftale fra den {dato}?\n\nMed venlig hilsen\n{person}\n{navn}",
    ),
];

pub(super) static VEHICLE_INSPECTIONS: &[Template] = &[
    letter(
        Subject::Vehicles,
        8,
        "Synsrapport for {plade}",
        "Til {kommune}\n\nKøretøjet {plade} er synet den {dato} og godkendt. Synsrapporten er vedlagt.\n\nMed venlig hilsen\n{navn}",
    )
    .with(&[("Synsrapport", "synsrapport.txt", "Synsrapport\n\nResultat: GOD\nBremser: i orden\nLygter: i orden")]),
    letter(
        Subject::Vehicles,
        3,
        "Indkaldelse til syn, {plade}",
        "Til {kommune}\n\nKøretøjet {plade} skal synes inden to måneder. Bestil tid hos os.\n\nMed venlig hilsen\n{navn}",
    ),
    letter(
        Subject::Vehicles,
        2,
        "Omsyn af {plade}",
        "Til {kommune}\n\nKøretøjet {plade} blev ikke godkendt den {dato} og skal til omsyn inden 33 dage.\n\nMed venlig hilsen\n{navn}",
    )
    .with(&[("Synsrapport", "synsrapport.txt", "Synsrapport\n\nResultat: KAN GODKENDES EFTER OMSYN\nBremser: slidte")]),
];

pub(super) static CRIMINAL_RECORDS: &[Template] = &[
    letter(
        Subject::CriminalRecord,
        6,
        "Straffeattest, sag {tal}",
        "Til {kommune}\n\nHermed den straffeattest, som I bad om den {dato} med samtykke fra ansøgeren. Sagen har nummer {tal}.\n\n\
         Med venlig hilsen\n{navn}",
    )
    .with(&[("Straffeattest", "straffeattest.txt", "Straffeattest\n\nIngen oplysninger i Kriminalregisteret til brug for attesten.")]),
    letter(
        Subject::CriminalRecord,
        1,
        "Samtykke mangler, sag {tal}",
        "Til {kommune}\n\nVi kan ikke sende straffeattesten i sag {tal}, før ansøgeren har givet samtykke.\n\nMed venlig hilsen\n{navn}",
    ),
];

pub(super) static CHILDRENS_RECORDS: &[Template] = &[letter(
    Subject::ChildrensRecord,
    6,
    "Børneattest, sag {tal}",
    "Til {kommune}\n\nHermed børneattesten i sag {tal}, som I bad om den {dato}.\n\nMed venlig hilsen\n{navn}",
)
.with(&[("Børneattest", "boerneattest.txt", "Børneattest\n\nIngen oplysninger til brug for attesten.")])];

pub(super) static STATISTICS: &[Template] = &[
    letter(
        Subject::Statistics,
        5,
        "Indberetning skal ske inden {dato}",
        "Til {kommune}\n\nI skal indberette tal til vores statistik inden den {dato}. Brug skemaet på vores hjemmeside. \
         Indberetningen har nummer {tal}.\n\nMed venlig hilsen\n{navn}",
    )
    .with(&[("Vejledning", "vejledning.txt", "Vejledning til indberetning\n\n1. Log på.\n2. Udfyld skemaet.\n3. Send.")]),
    letter(
        Subject::Statistics,
        3,
        "Kvittering for indberetning {tal}",
        "Til {kommune}\n\nVi har modtaget jeres indberetning {tal}. Tak for den.\n\nMed venlig hilsen\n{navn}",
    ),
    letter(
        Subject::Statistics,
        2,
        "Rykker for indberetning {tal}",
        "Til {kommune}\n\nVi mangler stadig jeres indberetning {tal}. Send den senest den {dato}.\n\nMed venlig hilsen\n{navn}",
    ),
];

pub(super) static BENEFITS: &[Template] = &[
    letter(
        Subject::Pension,
        6,
        "Oplysning om forskud",
        "Til {kommune}\n\nEn borger hos jer har fået et forskud på {kr} kr. fra den {dato}. I skal ikke svare.\n\nMed venlig hilsen\n{navn}",
    ),
    letter(
        Subject::Pension,
        3,
        "Afgørelse om pension",
        "Til {kommune}\n\nVi har afgjort en sag om pension. Afgørelsen er vedlagt.\n\nMed venlig hilsen\n{navn}",
    )
    .with(&[("Afgørelse", "afgoerelse.txt", "Afgørelse\n\nPensionen er bevilget fra den 1. i næste måned.")]),
    letter(
        Subject::Housing,
        2,
        "Boligstøtte: ændret husstand",
        "Til {kommune}\n\nHusstanden på {vej} er ændret. Kontrollér venligst adressen.\n\nMed venlig hilsen\n{navn}",
    ),
];

pub(super) static AUTHORITIES: &[Template] = &[
    letter(
        Subject::Health,
        4,
        "Epikrise og genoptræningsplan",
        "Til {kommune}\n\nPatienten er udskrevet den {dato}. Genoptræningsplan er vedlagt.\n\nMed venlig hilsen\n{person}\n{navn}",
    )
    .with(&[("Genoptræningsplan", "genoptraeningsplan.txt", "Genoptræningsplan\n\nAlmen genoptræning inden syv dage.")]),
    letter(
        Subject::ElderlyCare,
        3,
        "Varsel om udskrivning",
        "Til {kommune}\n\nVi regner med at udskrive en borger den {dato}. Vurdér venligst behovet for hjælp.\n\n\
         Med venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::ChildAndFamily,
        3,
        "Mellemkommunal underretning",
        "Til {kommune}\n\nEn familie er flyttet fra os til jer den {dato}. Sagen er vedlagt.\n\nMed venlig hilsen\n{person}\n{navn}",
    )
    .with(&[("Sagens akter", "akter.txt", "Akter\n\nSe de enkelte bilag.")]),
    letter(
        Subject::CashBenefit,
        3,
        "Afgørelse i klagesag {tal}",
        "Til {kommune}\n\nVi har afgjort klagesag {tal}. Vi stadfæster jeres afgørelse.\n\nMed venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::Environment,
        2,
        "Høring om natur og miljø",
        "Til {kommune}\n\nVi sender et forslag i høring. Svar os inden den {dato}.\n\nMed venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::School,
        2,
        "Mellemkommunal betaling for skole",
        "Til {kommune}\n\nVi har elever fra jer og beder om betaling på {kr} kr.\n\nMed venlig hilsen\n{person}\n{navn}",
    ),
    letter(
        Subject::Other,
        3,
        "Orientering",
        "Til {kommune}\n\nVi sender hermed en orientering til jeres sag. I behøver ikke svare.\n\nMed venlig hilsen\n{person}\n{navn}",
    ),
];
