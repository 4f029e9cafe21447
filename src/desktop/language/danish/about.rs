//! *Om*, in Danish.

use crate::desktop::language::texts::about::AboutTexts;

pub(super) const TEXTS: AboutTexts = AboutTexts {
    open: "Om",
    title: "Om Postfordeler",
    program: "Programmet",
    licences: "Licenser",
    support: "Supportfil",
    version: "Version",
    schema: "Databasens skema",
    schema_of: |schema| format!("{schema}, det nyeste, programmet kender"),
    schemas_up_to: |schema| format!("Programmet kender skemaer til og med {schema}"),
    upgraded: |from, to, copy| {
        format!("Databasen er bragt ajour, fra skema {from} til {to}. Som den var før, ligger den i {copy}")
    },
    data_directory: "Datamappe",
    open_folder: "Åbn mappen",
    copy_path: "Kopiér stien",
    path_copied: "Stien er kopieret.",
    system: "Styresystem",
    licence: "Licens",
    read_licence: "Læs licensen",
    no_updates: "Programmet søger ikke selv efter nye udgaver. Det er jeres it-afdeling, eller den, der har installeret det, der \
                 lægger en ny ind.",
    updates_decided: "Programmet søger ikke selv efter nye udgaver. Jeres organisation lægger dem ind.",
    decided: "Bestemt for alle",
    decided_directory: "Datamappen er bestemt af jeres administrator.",
    decided_language: "Sproget er bestemt af jeres administrator.",
    decided_nowhere: "Der må ikke køre en router på denne maskine.",
    decided_this_machine: "Routere må kun modtage fra denne maskine.",
    licences_about: |count| format!("Programmet rummer {count} dele fra andre. Vælg en for at læse dens licens."),
    search: "Søg i navne og licenser",
    name: "Navn",
    nothing_found: "Intet har de ord. Prøv færre.",
    nothing_chosen: "Vælg noget på listen for at læse dets licens.",
    made_by: |authors| format!("Af {authors}"),
    back: "Tilbage til listen",
    support_about: "En fil til den, der skal hjælpe jer med programmet. Den bliver ikke sendt nogen steder hen: I gemmer den og giver \
                    den selv videre.",
    support_holds: "Den rummer programmets version, styresystemet, indstillinger som tal og valg, hvor mange meddelelser der kom til \
                    hvad på hver dag, hvorfor nogle ikke blev accepteret, hvor mange regler der er af hver slags, filernes størrelser, \
                    og hvad der er i vejen.",
    support_lacks: "Den rummer ingen CPR-numre, intet fra meddelelserne, ingen navne på personer, myndigheder eller fagsystemer og \
                    ingen adresser, stier, nøgler eller certifikater.",
    database_closed: "Databasen kan ikke åbnes. Filen fortæller hvorfor, og resten af det, der kan ses uden den.",
    gathering: "Samler det, der skal i filen …",
    show_contents: "Se indholdet",
    hide_contents: "Skjul indholdet",
    save: "Gem supportfilen …",
    saved: |path| format!("Supportfilen er gemt i {path}"),
    not_saved: "Supportfilen er ikke gemt: Der er ikke valgt en fil.",
};
