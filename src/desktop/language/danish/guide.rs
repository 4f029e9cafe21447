//! The guide and the tour, in Danish.

use crate::desktop::language::texts::guide::{GuideTexts, TourTexts};
use crate::desktop::model::tour::TourStep;

pub(super) const TEXTS: GuideTexts = GuideTexts {
    title: "Vejledning",
    open: "Vejledning til denne skærm",
    open_contents: "Vejledningens sider",
    glossary: "Ordbog",
    contents: "Alle sider",
    back: "Tilbage",
    forward: "Frem",
    search: "Søg i vejledningen",
    nothing: |query| format!("Ingen side har »{query}«. Prøv færre ord."),
    tour: TourTexts {
        begin: "Rundvisning",
        step_of: |step, steps| format!("Rundvisning: {step} af {steps}"),
        step: |step| match step {
            TourStep::Map => (
                "Kort: hvem får hvad",
                "Reglerne som et billede, fra den, der skriver, til det fagsystem, der får posten. Tryk på noget for at se mere.",
            ),
            TourStep::Rules => (
                "Fordelingsregler: det, I bestemmer",
                "En regel ser på én ting ved en meddelelse og peger på ét fagsystem. Det laveste tal bestemmer. Det, I skriver, er en \
                 kladde, til I udgiver den.",
            ),
            TourStep::TryMessage => (
                "Prøv en meddelelse: før den kommer",
                "Sig, hvad I ved om en meddelelse, og se, hvem der ville få den, og hvorfor. Intet bliver sendt.",
            ),
            TourStep::Publish => (
                "Udgiv: så gælder det",
                "Her står, hvad kladden ændrer. Routeren følger den, når I har udgivet, og enhver udgivelse kan hentes tilbage.",
            ),
            TourStep::Messages => (
                "Meddelelser: hvad der skete",
                "Enhver meddelelse, der kom, hvem der fik den, og efter hvilken regel. Spørgsmålstegnet øverst, eller F1, fortæller mere \
                 om hver skærm.",
            ),
        },
        previous: "Tilbage",
        next: "Næste",
        done: "Færdig",
        leave: "Forlad rundvisningen",
    },
};
