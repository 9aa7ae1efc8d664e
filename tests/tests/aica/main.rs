//! AICA licenses, keyrings and secrets: whole journeys through the real window.

mod clipboard;
mod common;
mod files;
mod first_run;
mod homes;
mod keyrings;
mod keys;
mod places;
mod secrecy;
mod shipped;
