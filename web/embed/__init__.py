"""What stands on other sites: the widget, frames, oEmbed, and the page where one chooses."""
