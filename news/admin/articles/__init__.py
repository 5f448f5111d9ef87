from news.admin.articles.page import ArticleAdmin

__all__ = ["ArticleAdmin"]
