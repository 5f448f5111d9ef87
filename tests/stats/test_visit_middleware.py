"""The middleware in a real request, and the staff who are not counted."""
import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client, RequestFactory

from stats import recording, staff
from stats.middleware import VisitMiddleware
from stats.models import DayTotal

CHROME = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture
def counted(city):
    """Requests through the middleware alone, so that nothing else can ask the database."""

    def counted(view=lambda request: HttpResponse("<p>Trang</p>"), **environ):
        return VisitMiddleware(view)(RequestFactory().get("/", HTTP_USER_AGENT=CHROME, **environ))

    return counted


def test_a_page_gets_a_cookie_and_neither_a_query_nor_a_vary_header(counted, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = counted()
    cookie = response.cookies["visit"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["path"]) == (True, "Lax", 3600, "/")
    assert not cookie["secure"]
    assert not response.has_header("Vary")


def test_the_wsgi_header_says_what_the_django_cookie_says(counted):
    cookie = counted().cookies["visit"]
    assert set(cookie.OutputString().split("; ")) == set(recording.cookie_header(cookie.value).split("; "))


def test_a_page_is_counted_once(counted, city):
    counted()
    city.collect()
    assert DayTotal.objects.get().views == 1


def test_asking_for_the_figures_confirms_and_counts_no_page(counted, city):
    def figures(request):
        request.META[recording.CONFIRM] = True
        return HttpResponse("{}", content_type="application/json")

    counted()  # a neighbour with the same address and browser
    city.later(1)
    cookie = counted().cookies["visit"].value
    counted(HTTP_COOKIE=f"visit={cookie}")
    city.collect()
    city.later(1)
    neighbour = counted().cookies["visit"].value
    response = counted(figures, HTTP_COOKIE=f"visit={neighbour}")
    assert not response.cookies
    assert city.total() == 2
    assert DayTotal.objects.get().views == 4


def test_an_error_page_gets_no_cookie(counted):
    assert not counted(lambda request: HttpResponse("", status=404)).cookies


def staff_cookie(city, counted, *, is_staff=True):
    """The cookie a login sends, made by the same signal that the login sends."""

    def login(request):
        user = get_user_model()(username="lan", is_staff=is_staff)
        staff.logged_in(None, request, user)
        return HttpResponse("", status=302)

    return counted(login).cookies.get(staff.cookie_name())


def test_staff_with_a_session_are_not_counted(counted, city, settings, django_assert_num_queries):
    mark = staff_cookie(city, counted).value
    header = f"{settings.SESSION_COOKIE_NAME}=abc; {staff.cookie_name()}={mark}"
    with django_assert_num_queries(0):
        assert not counted(HTTP_COOKIE=header).cookies
    assert city.total() == 0


def test_staff_are_counted_when_the_setting_says_so(counted, city, settings):
    settings.STATS_COUNT_STAFF = True
    mark = staff_cookie(city, counted).value
    counted(HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=abc; {staff.cookie_name()}={mark}")
    assert city.total() == 1


def test_people_with_an_account_who_are_not_staff_are_counted(counted, city, settings):
    assert staff_cookie(city, counted, is_staff=False) is None
    counted(HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=abc")
    assert city.total() == 1


@pytest.mark.parametrize("mark", ["", "1", "WzFd:abc:def", "x" * 4000])
def test_a_forged_mark_of_the_staff_hides_nobody(counted, city, settings, mark):
    counted(HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=abc; {staff.cookie_name()}={mark}")
    assert city.total() == 1


def test_the_mark_ends_with_the_session(counted, city, settings):
    mark = staff_cookie(city, counted).value
    counted(HTTP_COOKIE=f"{staff.cookie_name()}={mark}")
    city.later(settings.SESSION_COOKIE_AGE + 1)
    counted(HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=abc; {staff.cookie_name()}={mark}", REMOTE_ADDR="113.160.7.7")
    assert city.total() == 2


def test_logging_out_takes_the_mark_back(counted):
    def logout(request):
        staff.logged_out(None, request, None)
        return HttpResponse("", status=302)

    assert counted(logout).cookies[staff.cookie_name()]["max-age"] == 0


def test_the_mark_is_set_by_a_real_login(db, spool_folder, client: Client):
    user = get_user_model().objects.create_user(username="lan", is_staff=True)
    request = RequestFactory().get("/")
    request.session = client.session
    from django.contrib.auth import login, logout

    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    assert request.META[staff.MARK] is True
    logout(request)
    assert request.META[staff.MARK] is False
