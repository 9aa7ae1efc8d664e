//! The help of `licet-desktop`, as a snapshot.

use crate::arguments::Arguments;
use clap::CommandFactory;

#[test]
fn help_is_as_reviewed() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        let help = Arguments::command().term_width(100).render_long_help().to_string();
        insta::assert_snapshot!("licet-desktop", help);
    });
}
