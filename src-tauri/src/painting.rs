//! How WebKitGTK paints the page.

/// What WebKitGTK reads once, when the first page is made.
const SETTING: &str = "WEBKIT_DISABLE_COMPOSITING_MODE";

/// Has the page painted straight into the window, without layers on the graphics card; a user who set it
/// otherwise keeps it so. To be called before anything else: nothing may read the environment meanwhile.
///
/// A list of rows moves nothing that a card would move better, and where there is no card that can, the software
/// that acts as one paints later and holds some 80 MiB (docs/decisions/painting.md).
pub(crate) fn without_layers() {
    if std::env::var_os(SETTING).is_none() {
        #[expect(
            unsafe_code,
            reason = "the setting of the library itself comes too late: it crashes its page"
        )]
        // SAFETY: this is the first that the program does, so there is no other thread.
        unsafe {
            std::env::set_var(SETTING, "1");
        }
    }
}
