//! AICA licenses, keyrings and secrets: whole journeys through the real window.

mod bad_settings;
mod clipboard;
mod common;
mod crowd;
mod drops;
mod files;
mod first_run;
mod focus;
mod homes;
mod keyboard;
mod keyrings;
mod keys;
mod no_display;
mod places;
mod remembered;
mod screens;
mod secrecy;
mod shipped;
mod sizes;
