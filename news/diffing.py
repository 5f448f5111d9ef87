def compare_html(a, b):
    return None


def compare_words(a, b):
    return None
