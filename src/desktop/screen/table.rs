//! All screens side by side, generated from the table in `model::page`: a new screen is a new folder and a row there.

use std::sync::Arc;

use iced::Element;
use iced::keyboard::key::Physical;
use iced::keyboard::{Key, Modifiers};
use lucide_icons::Icon;

use super::action::Action;
use super::command::{Command, Standard};
use super::contract::Screen;
use super::scene::Scene;
use crate::desktop::language::Texts;
use crate::desktop::model::page::{Page, screens};
use crate::desktop::model::preferences::Preferences;
use crate::rules::RuleBook;
use crate::store::RouterSettings;

macro_rules! screen_table {
    ($($(#[$doc:meta])* $Page:ident, $folder:ident, $State:ident;)*) => {
        /// Every screen's state.
        #[derive(Debug)]
        pub(in crate::desktop) struct Screens {
            $($(#[$doc])* pub $folder: super::$folder::$State,)*
        }

        /// A message of one of the screens.
        #[derive(Debug, Clone)]
        pub enum ScreenMessage {
            $($(#[$doc])* $Page(super::$folder::Message),)*
        }

        $(
            impl From<super::$folder::Message> for ScreenMessage {
                fn from(message: super::$folder::Message) -> Self {
                    Self::$Page(message)
                }
            }
        )*

        impl Screens {
            /// The screens as the window opens.
            pub fn open(settings: &RouterSettings, preferences: &Preferences) -> Self {
                Self { $($folder: Screen::open(settings, preferences),)* }
            }

            /// The screen of a page.
            pub fn get(&self, page: Page) -> &dyn AnyScreen {
                match page {
                    $(Page::$Page => &self.$folder,)*
                }
            }

            pub fn get_mut(&mut self, page: Page) -> &mut dyn AnyScreen {
                match page {
                    $(Page::$Page => &mut self.$folder,)*
                }
            }

            pub fn update(&mut self, message: ScreenMessage, scene: Scene<'_>) -> Action<ScreenMessage> {
                match message {
                    $(ScreenMessage::$Page(message) => self.$folder.update(message, scene).map(Into::into),)*
                }
            }

            /// Whether the message would discard unsaved changes on other screens.
            pub fn would_discard_edits(&self, message: &ScreenMessage, scene: Scene<'_>) -> bool {
                match message {
                    $(ScreenMessage::$Page(message) => self.$folder.would_discard_edits(message, scene),)*
                }
            }
        }

        impl ScreenMessage {
            /// The page of its screen.
            pub fn page(&self) -> Page {
                match self {
                    $(Self::$Page(_) => Page::$Page,)*
                }
            }
        }

        /// The icon and the name of a page.
        pub(in crate::desktop) fn icon_and_title(page: Page, t: &'static Texts) -> (Icon, &'static str) {
            match page {
                $(Page::$Page => (super::$folder::$State::SYMBOL, super::$folder::$State::title(t)),)*
            }
        }

        /// Other words that people search for a page by, in both languages.
        pub(in crate::desktop) fn keywords(page: Page) -> &'static str {
            match page {
                $(Page::$Page => super::$folder::$State::KEYWORDS,)*
            }
        }
    };
}

screens!(screen_table);

/// A [`Screen`] without its message type, so that the application can handle all screens alike.
pub(in crate::desktop) trait AnyScreen {
    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, ScreenMessage>;
    fn on_shown(&mut self, scene: Scene<'_>) -> Action<ScreenMessage>;
    fn on_store_changed(&mut self, scene: Scene<'_>) -> Action<ScreenMessage>;
    fn refresh(&mut self, scene: Scene<'_>);
    fn follow(&mut self, scene: Scene<'_>) -> Action<ScreenMessage>;
    fn is_moving(&self) -> bool;
    fn standard(&self, standard: Standard) -> Option<Action<ScreenMessage>>;
    fn has_forms(&self) -> bool;
    fn is_changed(&self) -> bool;
    fn close_authority(&mut self);
    fn open_item(&self) -> Option<String>;
    fn sight_hash(&self) -> u64;
    fn editor_id(&self) -> &'static str;
    fn preview(&self) -> Option<Arc<RuleBook>>;
    fn undo_typing(&mut self, is_undo: bool, scene: Scene<'_>) -> bool;
    fn key(&self, key: &Key, physical: Physical, modifiers: Modifiers) -> Option<ScreenMessage>;
    fn commands(&self, scene: Scene<'_>) -> Vec<Command<ScreenMessage>>;
    fn list_commands(&self, scene: Scene<'_>) -> Vec<Command<ScreenMessage>>;
    fn row_filters(&self, scene: Scene<'_>) -> Option<Vec<(String, ScreenMessage)>>;
}

impl<S: Screen> AnyScreen for S
where
    ScreenMessage: From<S::Message>,
{
    fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, ScreenMessage> {
        Screen::view(self, scene).map(Into::into)
    }

    fn on_shown(&mut self, scene: Scene<'_>) -> Action<ScreenMessage> {
        Screen::on_shown(self, scene).map(Into::into)
    }

    fn on_store_changed(&mut self, scene: Scene<'_>) -> Action<ScreenMessage> {
        Screen::on_store_changed(self, scene).map(Into::into)
    }

    fn refresh(&mut self, scene: Scene<'_>) {
        Screen::refresh(self, scene);
    }

    fn follow(&mut self, scene: Scene<'_>) -> Action<ScreenMessage> {
        Screen::follow(self, scene).map(Into::into)
    }

    fn is_moving(&self) -> bool {
        Screen::is_moving(self)
    }

    fn standard(&self, standard: Standard) -> Option<Action<ScreenMessage>> {
        Screen::standard(self, standard).map(|action| action.map(Into::into))
    }

    fn has_forms(&self) -> bool {
        S::HAS_FORMS
    }

    fn is_changed(&self) -> bool {
        Screen::is_changed(self)
    }

    fn close_authority(&mut self) {
        Screen::close_authority(self);
    }

    fn open_item(&self) -> Option<String> {
        Screen::open_item(self)
    }

    fn sight_hash(&self) -> u64 {
        Screen::sight_hash(self)
    }

    fn editor_id(&self) -> &'static str {
        Screen::editor_id(self)
    }

    fn preview(&self) -> Option<Arc<RuleBook>> {
        Screen::preview(self)
    }

    fn undo_typing(&mut self, is_undo: bool, scene: Scene<'_>) -> bool {
        Screen::undo_typing(self, is_undo, scene)
    }

    fn key(&self, key: &Key, physical: Physical, modifiers: Modifiers) -> Option<ScreenMessage> {
        Screen::key(self, key, physical, modifiers).map(Into::into)
    }

    fn commands(&self, scene: Scene<'_>) -> Vec<Command<ScreenMessage>> {
        Screen::commands(self, scene).into_iter().map(|command| command.map(Into::into)).collect()
    }

    fn list_commands(&self, scene: Scene<'_>) -> Vec<Command<ScreenMessage>> {
        Screen::list_commands(self, scene).into_iter().map(|command| command.map(Into::into)).collect()
    }

    fn row_filters(&self, scene: Scene<'_>) -> Option<Vec<(String, ScreenMessage)>> {
        let values = Screen::row_filters(self, scene)?;
        Some(values.into_iter().map(|(name, message)| (name, message.into())).collect())
    }
}
