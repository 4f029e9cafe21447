//! The guide and the tour, in English.

use crate::desktop::language::texts::guide::{GuideTexts, TourTexts};
use crate::desktop::model::tour::TourStep;

pub(super) const TEXTS: GuideTexts = GuideTexts {
    title: "Guide",
    open: "Guide to this screen",
    open_contents: "Pages of the guide",
    glossary: "Glossary",
    contents: "All pages",
    back: "Back",
    forward: "Forward",
    search: "Search the guide",
    nothing: |query| format!("No page has \"{query}\". Try fewer words."),
    tour: TourTexts {
        begin: "Tour",
        step_of: |step, steps| format!("Tour: {step} of {steps}"),
        step: |step| match step {
            TourStep::Map => (
                "Map: who gets what",
                "The rules as a picture, from whoever writes to the business system that gets the mail. Press anything to see more.",
            ),
            TourStep::Rules => (
                "Distribution rules: what you decide",
                "A rule looks at one thing about a message and points to one business system. The lowest number decides. What you write \
                 is a draft until you publish it.",
            ),
            TourStep::TryMessage => (
                "Try a message: before it comes",
                "Say what you know of a message, and see who would get it, and why. Nothing is sent.",
            ),
            TourStep::Publish => (
                "Publish: now it applies",
                "Here is what the draft changes. The router follows it once you have published, and every publication can be brought \
                 back.",
            ),
            TourStep::Messages => (
                "Messages: what happened",
                "Every message that came, who got it, and by which rule. The question mark at the top, or F1, says more about each screen.",
            ),
        },
        previous: "Back",
        next: "Next",
        done: "Done",
        leave: "Leave the tour",
    },
};
