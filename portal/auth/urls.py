"""Addresses of people: the door, and each one's own account."""
from django.urls import path

from portal.views import account, people, policy_reports, recovery, second_factor

urlpatterns = [
    path("dang-nhap/", people.login, name="login"),
    path("dang-nhap/ma-xac-thuc/", people.login_code, name="login_code"),
    path("dang-nhap/mat-khau-dai-hon/", people.login_longer, name="login_longer"),
    path("dang-xuat/", people.logout, name="logout"),
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/ho-so/", account.profile, name="account_profile"),
    path("tai-khoan/mat-khau/", account.password, name="account_password"),
    path("tai-khoan/xac-nhan/", account.confirm_password, name="confirm_password"),
    path("tai-khoan/thu-dien-tu/", account.email, name="account_email"),
    path("tai-khoan/thu-dien-tu/<str:token>/", account.confirm_email, name="confirm_email"),
    path("tai-khoan/phien/ket-thuc/", account.end_session, name="end_session"),
    path("tai-khoan/hai-buoc/", second_factor.set_up, name="second_factor"),
    path("tai-khoan/hai-buoc/tat/", second_factor.give_up, name="second_factor_off"),
    path("tai-khoan/ma-du-phong/", second_factor.recovery_codes, name="recovery_codes"),
    path("tai-khoan/quen-mat-khau/", recovery.forgotten, name="forgotten_password"),
    path("tai-khoan/dat-lai-mat-khau/<uidb64>/<token>/", recovery.reset, name="reset_password"),
    path("bao-cao-chinh-sach/", policy_reports.policy_reports, name="policy_reports"),
]
