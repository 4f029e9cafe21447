//! Where the guide tells of each screen.

use super::page::Page;
use crate::LanguageChoice;
use crate::guide::{GuidePage, Place};

impl Page {
    /// The section of the guide that is about the screen.
    #[must_use]
    pub fn in_guide(self, language: LanguageChoice) -> Place {
        let (page, danish, english) = self.section();
        Place::at(page, if language == LanguageChoice::Danish { danish } else { english })
    }

    /// The page of the guide, and the anchor in Danish and in English.
    fn section(self) -> (GuidePage, &'static str, &'static str) {
        match self {
            Self::Overview => (GuidePage::Monitoring, "overblik", "overview"),
            Self::Map => (GuidePage::Rules, "kortet", "the-map"),
            Self::DefaultMail => (GuidePage::Monitoring, "opsamling", "default-recipient"),
            Self::Lessons => (GuidePage::Training, "opgaver", "lessons"),
            Self::Practice => (GuidePage::GettingStarted, "øvelsesfagsystemer", "practice-systems"),
            Self::Traffic => (GuidePage::Training, "trafik", "traffic"),
            Self::Rules => (GuidePage::Rules, "at-skrive-en-regel", "writing-a-rule"),
            Self::Timeline => (GuidePage::Rules, "tidslinje", "timeline"),
            Self::Coverage => (GuidePage::Rules, "dækning", "coverage"),
            Self::TryMessage => (GuidePage::Rules, "prøv-en-meddelelse", "trying-a-message"),
            Self::Fagsystems => (GuidePage::Registers, "fagsystemer", "business-systems"),
            Self::ContactPoints => (GuidePage::Registers, "kontaktpunkter", "contact-points"),
            Self::Authorities => (GuidePage::Registers, "myndigheder", "authorities"),
            Self::Kle => (GuidePage::Registers, "kle-plan", "kle-plan"),
            Self::Messages => (GuidePage::Monitoring, "meddelelser", "messages"),
            Self::Router => (GuidePage::Router, "routeren-i-vinduet", "the-router-in-the-window"),
            Self::ServiceLevels => (GuidePage::Monitoring, "driftsmål", "service-levels"),
            Self::Changes => (GuidePage::Rules, "kladde-og-udgivelse", "draft-and-publication"),
            Self::Shadow => (GuidePage::Monitoring, "skyggekørsel", "shadow-run"),
            Self::History => (GuidePage::Rules, "udgivelser", "publications"),
            Self::Review => (GuidePage::Rules, "gennemsyn", "review"),
            Self::Files => (GuidePage::Files, "hvad-der-kan-læses", "what-can-be-read"),
        }
    }
}
