//! The icon of a difference between two books.

use lucide_icons::Icon;

use crate::desktop::theme;
use crate::desktop::widget::icon;
use crate::rules::{Difference, Subject, Swap};

/// Added, removed or changed: by shape as well as colour.
pub(in crate::desktop) fn difference_symbol<'a>(difference: &Difference) -> iced::widget::Text<'a> {
    fn sides<T>(swap: &Swap<T>) -> (bool, bool) {
        (swap.before.is_some(), swap.after.is_some())
    }
    let sides = match &difference.subject {
        Subject::KnownAuthority(swap) => sides(swap),
        Subject::Authority(swap) => sides(swap),
        Subject::Name(swap) => sides(swap),
        Subject::MoreCvrs(swap) => sides(swap),
        Subject::DefaultFagsystem(swap) => sides(swap),
        Subject::Fagsystem(swap) => sides(swap),
        Subject::ContactPoint(swap) => sides(swap),
        Subject::Rule(swap) => sides(swap),
        Subject::Guard(swap) => sides(swap),
    };
    match sides {
        (false, _) => icon(Icon::Plus).style(theme::good),
        (true, false) => icon(Icon::Minus).style(theme::bad),
        (true, true) => icon(Icon::PencilLine).style(theme::accent),
    }
}
