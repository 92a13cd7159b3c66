"""From hits to a page: the Flask application, the API and the widget."""
