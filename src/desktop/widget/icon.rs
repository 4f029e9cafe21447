use iced::Font;
use iced::widget::text;
use lucide_icons::Icon;

/// The font that icons are drawn with.
pub(super) const ICONS: Font = Font::with_name("lucide");

/// An icon as high as a line of text.
pub(in crate::desktop) fn icon<'a>(icon: Icon) -> iced::widget::Text<'a> {
    text(char::from(icon)).font(ICONS).size(16).line_height(text::LineHeight::Absolute(18.0.into()))
}

/// An icon without words beside it. Its line is as high as the icon: what is drawn outside a widget's bounds is not erased.
pub(in crate::desktop) fn large_icon<'a>(icon: Icon) -> iced::widget::Text<'a> {
    text(char::from(icon)).font(ICONS).size(28)
}
