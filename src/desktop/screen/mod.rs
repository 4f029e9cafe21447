//! The screens, one folder each: its state, its messages, how they change the state, and how it is drawn.
//!
//! A message goes to [`Screen::update`](contract::Screen::update) together with a [`Scene`](scene::Scene), which is what
//! the screen may read of the rest of the window. The screen changes its own state only; everything else it returns as an
//! [`Action`](action::Action), and what people can do in it as [`Command`](command::Command)s.
//!
//! Beside the screens: [`contract`] is the trait that each implements; [`scene`] what it may read, and how it starts work of
//! the services; [`action`] what it returns; [`command`] its lines in the palette, with their keys; [`table`] all screens side by
//! side, which the application handles alike; `part` what several of them draw.
//!
//! A new screen is a folder here with an `impl Screen` and a `mod` line below, a row in `desktop::model::page`, and its title and
//! other words in `desktop::language`: a struct in `texts` and its values in `danish` and `english`. The sidebar, the palette
//! and the keys follow from the row.

pub(super) mod about;
pub(super) mod action;
pub(super) mod authorities;
pub(super) mod changes;
pub(super) mod command;
pub(super) mod contact_points;
pub(super) mod contract;
pub(super) mod coverage;
pub(super) mod default_mail;
pub(super) mod fagsystems;
pub(super) mod files;
pub(super) mod guide;
pub(super) mod history;
pub(super) mod kle;
pub(super) mod lessons;
pub(super) mod map;
pub(super) mod messages;
pub(super) mod overview;
pub(super) mod part;
pub(super) mod practice;
pub(super) mod review;
pub(super) mod router;
pub(super) mod rules;
pub(super) mod scene;
pub(super) mod service_levels;
pub(super) mod shadow;
pub(super) mod table;
pub(super) mod timeline;
pub(super) mod traffic;
pub(super) mod try_message;
pub(super) mod welcome;
