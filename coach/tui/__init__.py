"""The app: screens and widgets over the core, which never imports them."""
