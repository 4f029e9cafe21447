use super::{Template, letter};
use crate::training::maker::Subject;

/// What citizens write.
pub(super) static LETTERS: &[Template] = &[
    letter(
        Subject::Childcare,
        12,
        "Ansøgning om plads i vuggestue",
        "Kære Pladsanvisning\n\nVi søger om en plads i vuggestue til {barn} fra den 1. i næste måned. Vi bor på {vej} og vil helst \
         have en plads i nærheden.\n\nMed venlig hilsen\n{navn}",
    ),
    letter(
        Subject::Childcare,
        6,
        "Udmeldelse af børnehave",
        "Hej\n\nVi flytter og vil gerne melde {barn} ud af børnehaven med udgangen af måneden. Skal vi gøre mere?\n\n\
         Venlig hilsen\n{navn}, {vej}",
    ),
    letter(
        Subject::School,
        10,
        "Skoleskift for {barn}",
        "Til skoleafdelingen\n\nVi ønsker, at {barn} skifter skole efter ferien, da vi flytter til {vej}. Vi vil også gerne have en \
         plads i SFO.\n\nMed venlig hilsen\n{navn}",
    ),
    letter(
        Subject::School,
        4,
        "Befordring til skole",
        "Hej\n\n{barn} har over 6 km til skole. Hvordan søger vi om buskort?\n\nVenlig hilsen\n{navn}",
    ),
    letter(
        Subject::Building,
        7,
        "Ansøgning om carport på {vej}",
        "Til Byggesag\n\nJeg vil bygge en carport på 35 m² på {vej}. Tegning og situationsplan er vedlagt. Hører jeg fra jer, før jeg \
         går i gang?\n\nMed venlig hilsen\n{navn}",
    )
    .with(&[
        ("Situationsplan", "situationsplan.txt", "Situationsplan\n\nCarport 5 x 7 m, 2,5 m fra skel mod nord. Taghøjde 2,4 m."),
        ("Tegning", "tegning.txt", "Tegning af carport\n\nBærende stolper 120 x 120 mm. Tag af stålplader. Åben mod vej."),
    ]),
    letter(
        Subject::Building,
        3,
        "Nabohøring om {vej}",
        "Til Byggesag\n\nJeg har fået jeres brev om naboens byggeri på {vej}. Jeg er imod, at huset bliver højere end 8,5 m, \
         fordi det tager lyset fra vores have.\n\nMed venlig hilsen\n{navn}",
    ),
    letter(
        Subject::Property,
        3,
        "Fejl i BBR",
        "Hej\n\nIfølge BBR er vores hus på {vej} på {tal} m². Det passer ikke. Kan I rette det?\n\nVenlig hilsen\n{navn}",
    ),
    letter(
        Subject::SicknessBenefit,
        12,
        "Oplysninger til min sygedagpengesag",
        "Til Sygedagpenge\n\nJeg er stadig sygemeldt. Jeg har talt med min læge den {dato}, og hun regner med fire uger mere. \
         Oplysningsskemaet er vedlagt.\n\nMed venlig hilsen\n{navn}",
    )
    .with(&[(
        "Oplysningsskema",
        "oplysningsskema.txt",
        "Oplysningsskema\n\nFørste sygedag: se tidligere skema\nArbejde i perioden: nej\nFlere arbejdsgivere: nej",
    )]),
    letter(
        Subject::SicknessBenefit,
        5,
        "Raskmelding",
        "Hej\n\nJeg begynder på fuld tid igen på mandag og vil gerne raskmeldes.\n\nVenlig hilsen\n{navn}",
    ),
    letter(
        Subject::CashBenefit,
        10,
        "Ansøgning om enkeltydelse til tandlæge",
        "Til Ydelser\n\nJeg får kontanthjælp og har brug for hjælp til en tandlægeregning på {kr} kr. Overslaget er vedlagt.\n\n\
         Med venlig hilsen\n{navn}",
    )
    .with(&[("Overslag", "overslag.txt", "Overslag fra tandlæge\n\nRodbehandling og krone. Pris efter aftale.")]),
    letter(
        Subject::CashBenefit,
        6,
        "Spørgsmål om udbetaling",
        "Hej\n\nJeg har fået {kr} kr. mindre, end jeg plejer. Hvad er grunden?\n\nVenlig hilsen\n{navn}",
    ),
    letter(
        Subject::Pension,
        4,
        "Helbredstillæg til briller",
        "Til kommunen\n\nJeg er folkepensionist og søger om helbredstillæg til nye briller. Regningen er på {kr} kr.\n\n\
         Med venlig hilsen\n{navn}",
    ),
    letter(
        Subject::Employment,
        7,
        "Afbud til samtale",
        "Hej\n\nJeg kan desværre ikke komme til samtalen den {dato}, fordi jeg skal til jobsamtale. Kan vi finde en ny tid?\n\n\
         Venlig hilsen\n{navn}",
    ),
    letter(
        Subject::Employment,
        4,
        "Praktikplads",
        "Til Jobcentret\n\nJeg har selv fundet en praktikplads og sender hermed aftalen. Arbejdsgiveren vil gerne begynde på \
         mandag.\n\nMed venlig hilsen\n{navn}",
    )
    .with(&[("Aftale om praktik", "praktikaftale.txt", "Aftale om virksomhedspraktik\n\nPeriode: 4 uger. Timer: 30 om ugen.")]),
    letter(
        Subject::ElderlyCare,
        8,
        "Mere hjælp til min mor",
        "Til Visitationen\n\nMin mor på {vej} kan ikke længere klare sig med rengøring hver 14. dag. Kan I besøge hende og se \
         på det?\n\nMed venlig hilsen\n{navn}",
    ),
    letter(
        Subject::Disability,
        4,
        "Ansøgning om hjælpemiddel",
        "Hej\n\nJeg har fået sværere ved at gå og søger om en rollator. Jeg bor på {vej}.\n\nVenlig hilsen\n{navn}",
    ),
    letter(
        Subject::ChildAndFamily,
        4,
        "Støtte til {barn}",
        "Til Familieafdelingen\n\nVi har det svært derhjemme og har brug for råd om {barn}. Kan vi få en samtale?\n\n\
         Med venlig hilsen\n{navn}",
    ),
    letter(
        Subject::Housing,
        4,
        "Boligindskudslån",
        "Hej\n\nJeg er blevet tilbudt en lejlighed på {vej} og søger om lån til indskuddet på {kr} kr.\n\nVenlig hilsen\n{navn}",
    ),
    letter(
        Subject::Roads,
        6,
        "Hul i vejen",
        "Hej\n\nDer er et stort hul i vejen ud for {vej}. Det er farligt for cyklister. Vil I lave det?\n\nVenlig hilsen\n{navn}",
    ),
    letter(
        Subject::Parking,
        3,
        "Klage over parkeringsafgift",
        "Til Parkering\n\nJeg har fået en afgift på {vej}, men skiltet var dækket af sne. Jeg beder jer slette afgiften.\n\n\
         Med venlig hilsen\n{navn}",
    ),
    letter(
        Subject::Waste,
        7,
        "Skraldespanden er ikke tømt",
        "Hej\n\nVores skraldespand på {vej} er ikke tømt i to uger. Hvornår kommer I?\n\nVenlig hilsen\n{navn}",
    ),
    letter(
        Subject::Environment,
        3,
        "Rotter på {vej}",
        "Hej\n\nVi har set rotter i haven på {vej} flere gange. Vil I sende en rottebekæmper?\n\nVenlig hilsen\n{navn}",
    ),
    letter(
        Subject::WasteWater,
        2,
        "Vand i kælderen",
        "Til kommunen\n\nVed det sidste skybrud kom der vand op af kloakken i vores kælder på {vej}. Hvem har ansvaret?\n\n\
         Med venlig hilsen\n{navn}",
    ),
    letter(
        Subject::Leisure,
        4,
        "Tilskud til forening",
        "Til Kultur og Fritid\n\nVores forening søger om tilskud til lokaler i det nye år. Budgettet er på {kr} kr.\n\n\
         Med venlig hilsen\n{navn}, kasserer",
    )
    .with(&[("Budget", "budget.txt", "Budget\n\nLeje af hal, bolde og trøjer, træner.")]),
    letter(
        Subject::CivicService,
        8,
        "Flytning til {vej}",
        "Hej\n\nJeg flytter til {vej} den {dato} og vil gerne have nyt sundhedskort.\n\nVenlig hilsen\n{navn}",
    ),
    letter(
        Subject::Tax,
        4,
        "Henstand med ejendomsskat",
        "Til Opkrævningen\n\nJeg kan ikke betale ejendomsskatten på {kr} kr. til tiden. Kan jeg få en ordning over tre måneder?\n\n\
         Med venlig hilsen\n{navn}",
    ),
    letter(
        Subject::Health,
        4,
        "Ny tid til tandplejen",
        "Hej\n\n{barn} kan ikke komme til tandplejen den {dato}. Kan vi få en ny tid om eftermiddagen?\n\nVenlig hilsen\n{navn}",
    ),
    letter(
        Subject::Other,
        9,
        "Spørgsmål til kommunen",
        "Hej\n\nJeg ved ikke, hvem jeg skal skrive til, så jeg prøver her: Hvem i {kommune} kan hjælpe mig med en sag, som flere \
         afdelinger har haft?\n\nVenlig hilsen\n{navn}",
    ),
    letter(
        Subject::Other,
        4,
        "Aktindsigt",
        "Til {kommune}\n\nJeg beder om aktindsigt i min sag. Send gerne det hele i Digital Post.\n\nMed venlig hilsen\n{navn}",
    ),
    letter(
        Subject::Other,
        3,
        "Tak for hjælpen",
        "Kære {kommune}\n\nI skal have tak for god og hurtig hjælp.\n\nVenlig hilsen\n{navn}, {vej}",
    ),
];
